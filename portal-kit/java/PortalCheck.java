import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks Tiergate before a portal serves: one class, the JDK alone (11 or newer). It reads the few members it needs from
 * answers whose shape is fixed; a portal that has a JSON library reads them with that. Whatever is not understood is
 * UNDECIDED: answer 503, never the file.
 *
 * <pre>java PortalCheck.java http://127.0.0.1:8080 CLIENT SECRET organisation ID DATASET</pre>
 */
public final class PortalCheck {
  public enum Verdict { PERMIT, DENY, UNDECIDED }

  /** What came of asking; {@code reason} and {@code evaluationId} may be empty where nothing was understood. */
  public static final class Answer {
    public final Verdict verdict;
    public final String reason;
    public final String evaluationId;

    Answer(Verdict verdict, String reason, String evaluationId) {
      this.verdict = verdict;
      this.reason = reason;
      this.evaluationId = evaluationId;
    }
  }

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration SKEW = Duration.ofSeconds(30);
  /** What this portal carries out; a mask cuts files, which this sample does not. */
  private static final Set<String> KNOWN = Set.of("attribute", "log", "count");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER).build();
  private final String tiergate;
  private final String clientId;
  private final String clientSecret;
  private String token;

  public PortalCheck(String tiergate, String clientId, String clientSecret) {
    this.tiergate = tiergate;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  public synchronized Answer check(String subjectType, String subjectId, String dataset, String action) {
    String question = "{\"subject\":{\"type\":" + quoted(subjectType) + ",\"id\":" + quoted(subjectId)
        + "},\"resource\":{\"type\":\"dataset\",\"id\":" + quoted(dataset)
        + "},\"action\":{\"name\":" + quoted(action) + "}}";
    try {
      HttpResponse<String> answer = asked("/access/v1/evaluation", question, true);
      return answer.statusCode() == 200 ? read(answer.body()) : undecided("status-" + answer.statusCode());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return undecided("interrupted");
    } catch (Exception broken) {
      return undecided("no-answer");
    }
  }

  private static Answer read(String json) {
    String reason = found(json, "\"reason\":\\{\"code\":\"([a-z-]+)\"");
    String id = found(json, "\"evaluationId\":\"([0-9A-Z]{26})\"\\}\\}$");
    String until = found(json, "\"validUntil\":\"([^\"]+)\"");
    if (reason.isEmpty() || id.isEmpty() || until.isEmpty()) return undecided("malformed-answer");
    if (found(json, "\"reason\":\\{[^}]*(\"undecided\":true)").length() > 0) return new Answer(Verdict.UNDECIDED, reason, id);
    if (json.startsWith("{\"decision\":false,")) return new Answer(Verdict.DENY, reason, id);
    if (!json.startsWith("{\"decision\":true,")) return undecided("malformed-answer");
    if (Instant.parse(until).isBefore(Instant.now().minus(SKEW))) return undecided("clock-skew");
    Matcher list = Pattern.compile("\"obligations\":\\[(.*?)\\],\"").matcher(json);
    Matcher types = Pattern.compile("\"type\":\"([^\"]*)\"").matcher(list.find() ? list.group(1) : "");
    while (types.find()) if (!KNOWN.contains(types.group(1))) return undecided("unknown-obligation");
    return new Answer(Verdict.PERMIT, reason, id);
  }

  private HttpResponse<String> asked(String path, String body, boolean again) throws Exception {
    if (token == null) token = signIn();
    HttpResponse<String> answer = post(path, body, token);
    if (answer.statusCode() != 401 || !again) return answer;
    token = null;
    return asked(path, body, false);
  }

  private String signIn() throws Exception {
    String who = "{\"grantType\":\"client_credentials\",\"clientId\":" + quoted(clientId) + ",\"clientSecret\":"
        + quoted(clientSecret) + "}";
    HttpResponse<String> answer = post("/api/auth/token", who, null);
    String given = answer.statusCode() == 200 ? found(answer.body(), "\"access_token\":\"([^\"]+)\"") : "";
    if (given.isEmpty()) throw new IllegalStateException("signing in was answered with " + answer.statusCode());
    return given;
  }

  private HttpResponse<String> post(String path, String body, String bearer) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tiergate + path))
        .timeout(TIMEOUT)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
    if (bearer != null) request.header("authorization", "Bearer " + bearer);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Answer undecided(String reason) {
    return new Answer(Verdict.UNDECIDED, reason, "");
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char one : text.toCharArray())
      quoted.append(one == '"' || one == '\\' || one < ' ' ? String.format("\\u%04x", (int) one) : String.valueOf(one));
    return quoted.append('"').toString();
  }

  public static void main(String[] words) {
    if (words.length != 6) {
      System.err.println("PortalCheck <tiergate> <client id> <client secret> <subject type> <subject id> <dataset>");
      System.exit(2);
    }
    Answer answer = new PortalCheck(words[0], words[1], words[2]).check(words[3], words[4], words[5], "download");
    System.out.println(answer.verdict + " " + answer.reason + " " + answer.evaluationId);
    System.exit(answer.verdict == Verdict.PERMIT ? 0 : answer.verdict == Verdict.DENY ? 1 : 3);
  }
}
