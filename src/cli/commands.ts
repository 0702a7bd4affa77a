import type { Command } from './command.js';

/**
 * Every command as a terminal meets it: a new one is a line here and a file that runs it. What it needs is loaded when it runs,
 * so that help, and a word said wrongly, are answered at once.
 */
export const COMMANDS: readonly Command[] = [
  {
    name: 'serve',
    takes: '[--workers <n>]',
    summary: { en: 'start the server (settings: environment variables)', zh: '启动服务（以环境变量设置）' },
    arguments: [0, 0],
    options: {
      workers: {
        type: 'string',
        says: {
          en: 'so many processes behind one port, on MySQL or MariaDB (else TIERGATE_WORKERS)',
          zh: '同一端口后的进程数，须使用 MySQL 或 MariaDB（默认取 TIERGATE_WORKERS）',
        },
      },
    },
    load: () => import('./serve.js'),
  },
  {
    name: 'seed',
    takes: '',
    summary: {
      en: 'fill an empty database with the demo (a start in demo mode does it by itself); refused in production',
      zh: '向空数据库写入演示数据（演示模式启动时自动执行）；生产模式拒绝执行',
    },
    arguments: [0, 0],
    options: {},
    load: () => import('./seed.js'),
  },
  {
    name: 'import',
    takes: '<file> --source <code> [--format <format>] [--profile <code map>] [--server <address>]',
    summary: {
      en: 'bring a foreign catalogue in, judge its records, report issues; exits 1 when records were rejected',
      zh: '导入外部目录，评估记录并报告问题；有记录被拒绝时退出码为 1',
    },
    arguments: [1, 1],
    options: {
      source: {
        type: 'string',
        says: { en: 'where the records come from; made when it is new', zh: '来源代码，不存在时新建' },
      },
      format: {
        type: 'string',
        says: { en: 'format of the file (default data-json)', zh: '文件格式（默认 data-json）' },
      },
      profile: { type: 'string', says: { en: 'code map of the source', zh: '来源的代码映射' } },
      server: {
        type: 'string',
        says: {
          en: 'a running server, signed in to as TIERGATE_USERNAME with TIERGATE_PASSWORD',
          zh: '运行中的服务地址，以 TIERGATE_USERNAME 和 TIERGATE_PASSWORD 登录',
        },
      },
    },
    load: () => import('./import.js'),
  },
  {
    name: 'classify',
    takes:
      '<file | mysql://user@host/database --table <name>> [--declared <tier>] [--pack <pack>] [--title <text>] [--sheet <name>] [--no-header] [--quasi <columns>] [--recipe <file>] [--seconds <n>] [--progress] [--json]',
    summary: {
      en: 'judge a CSV, TSV, XLSX, JSON, NDJSON or Parquet file, or a table of a database, where it lies; exits 0 open or on conditions, 1 not open, 2 a person has to look, 3 not assessed',
      zh: '就地评估 CSV、TSV、XLSX、JSON、NDJSON、Parquet 文件或数据库表；退出码 0 可开放，1 非开放，2 须人工审核，3 未评估',
    },
    arguments: [1, 1],
    options: {
      declared: {
        type: 'string',
        says: {
          en: 'the tier its publisher means to give it: open, conditional, restricted',
          zh: '拟定开放类型：open、conditional、restricted',
        },
      },
      pack: { type: 'string', says: { en: 'rule pack (default cn-shanghai)', zh: '规则包（默认 cn-shanghai）' } },
      title: { type: 'string', says: { en: 'title of the table; default: its name', zh: '数据标题，默认为文件名' } },
      table: {
        type: 'string',
        says: {
          en: 'the table of a MySQL or MariaDB database; password from TIERGATE_SOURCE_PASSWORD, a pipe or the terminal',
          zh: 'MySQL 或 MariaDB 数据库中的表；密码取自 TIERGATE_SOURCE_PASSWORD、管道或终端',
        },
      },
      sheet: {
        type: 'string',
        says: {
          en: 'the only sheet of a workbook to judge, by name or place; default: all',
          zh: '只评估工作簿中的一张表（名称或序号），默认为全部',
        },
      },
      seconds: {
        type: 'string',
        says: { en: 'give up after so many seconds: not assessed', zh: '超过此秒数即停止，视为未评估' },
      },
      progress: { type: 'boolean', says: { en: 'say how far the reading is', zh: '显示读取进度' } },
      'no-header': { type: 'boolean', says: { en: 'the first line is data already', zh: '首行即为数据' } },
      quasi: {
        type: 'string',
        says: {
          en: 'more columns, separated by commas, that help to single people out',
          zh: '另外可与其他列一起识别个人的列，以逗号分隔',
        },
      },
      recipe: {
        type: 'string',
        says: {
          en: 'write the steps that would lower its tier to this new file, for tiergate redact',
          zh: '将可降低开放类型的处理方案写入此新文件，供 tiergate redact 使用',
        },
      },
      json: { type: 'boolean', says: { en: 'the whole report as JSON', zh: '以 JSON 输出完整报告' } },
    },
    load: () => import('./classify.js'),
  },
  {
    name: 'redact',
    takes:
      '<file> --recipe <file> --out <file> [--declared <tier>] [--title <text>] [--sheet <name>] [--encoding same|utf-8] [--other-file] [--no-header] [--json]',
    summary: {
      en: 'apply the steps of a recipe to a file, write a new CSV and judge it again; exits as classify does',
      zh: '按处理方案处理文件，写出新的 CSV 并再次评估；退出码同 classify',
    },
    arguments: [1, 1],
    options: {
      recipe: { type: 'string', says: { en: 'what classify --recipe wrote', zh: 'classify --recipe 生成的处理方案' } },
      out: { type: 'string', says: { en: 'the new file; it must not exist yet', zh: '输出文件，不得已存在' } },
      declared: {
        type: 'string',
        says: { en: 'the tier its publisher means to give the result', zh: '处理结果的拟定开放类型' },
      },
      title: {
        type: 'string',
        says: { en: 'title of the table; default: the name of the file', zh: '数据标题，默认为原文件名' },
      },
      sheet: { type: 'string', says: { en: 'the only sheet of a workbook', zh: '工作簿中的唯一工作表' } },
      encoding: {
        type: 'string',
        says: { en: 'same (default) or utf-8', zh: '编码：same（默认，与原文件相同）或 utf-8' },
      },
      'other-file': {
        type: 'boolean',
        says: {
          en: 'the recipe was made for another file with these columns',
          zh: '明示该方案是为另一个同列文件生成的',
        },
      },
      'no-header': { type: 'boolean', says: { en: 'the first line is data already', zh: '首行即为数据' } },
      json: { type: 'boolean', says: { en: 'the result and its report as JSON', zh: '以 JSON 输出结果和评估报告' } },
    },
    load: () => import('./redact.js'),
  },
  {
    name: 'fuse',
    takes: '<file> <file> [--on <column>[=<column>],…] [--json]',
    summary: {
      en: 'say whether two files together single people out; exits 0 no more than by chance, 1 they do, 3 not assessed',
      zh: '评估两个文件合并后能否指向单个人；退出码 0 未超出偶然，1 能，3 未评估',
    },
    arguments: [2, 2],
    options: {
      on: {
        type: 'string',
        says: {
          en: 'columns that hold the same; default: those with the same name or the same values',
          zh: '含义相同的列；默认为列名或取值相同的列',
        },
      },
      json: { type: 'boolean', says: { en: 'the figures as JSON', zh: '以 JSON 输出' } },
    },
    load: () => import('./fuse.js'),
  },
  {
    name: 'policies check',
    takes: '[--cases <file>]',
    summary: {
      en: 'check the policies and run their golden cases (folder: TIERGATE_POLICIES)',
      zh: '检查策略文件并运行示例用例（目录：TIERGATE_POLICIES）',
    },
    arguments: [0, 0],
    options: {
      cases: {
        type: 'string',
        says: {
          en: 'questions of your own with the answers they must have, decided by these policies over the data of now',
          zh: '自备用例（问题与应有的判定），以该策略和当前数据判定',
        },
      },
    },
    load: () => import('./policies.js'),
  },
  {
    name: 'policies export',
    takes: '[--at <time>] [--model]',
    summary: {
      en: 'write the effective policy as ordinary Casbin lines: who may do what with which dataset, for which purpose',
      zh: '以普通 Casbin 行导出当前有效策略：谁可以出于何种用途对哪个数据集做什么',
    },
    arguments: [0, 0],
    options: {
      at: {
        type: 'string',
        says: { en: 'the instant it holds for (RFC 3339); default: now', zh: '所对应的时刻，默认为现在' },
      },
      model: {
        type: 'boolean',
        says: { en: 'write the Casbin model of the lines instead', zh: '改为输出对应的 Casbin 模型' },
      },
    },
    load: () => import('./policies-export.js'),
  },
  {
    name: 'portal-test',
    takes: '<address of a file> [--listen <port>] [--header <name: value>] [--other <name: value>] [--json]',
    summary: {
      en: 'play Tiergate to a portal, in whatever language it is written, and say what it must do and does not; exits 1 where a rule does not hold',
      zh: '向任意语言编写的门户模拟 Tiergate，检查其是否遵守规则；有规则不符时退出码为 1',
    },
    arguments: [1, 1],
    options: {
      listen: {
        type: 'string',
        says: { en: 'port that Tiergate is played on (default 8099)', zh: '模拟 Tiergate 的端口（默认 8099）' },
      },
      header: {
        type: 'string',
        says: {
          en: 'who asks the portal (default authorization: Bearer portal-test-visitor)',
          zh: '向门户表明访问者的请求头（默认 authorization: Bearer portal-test-visitor）',
        },
      },
      other: { type: 'string', says: { en: 'somebody else', zh: '另一访问者的请求头' } },
      json: { type: 'boolean', says: { en: 'the result as JSON', zh: '以 JSON 输出结果' } },
    },
    load: () => import('./portal-test.js'),
  },
  {
    name: 'migrate',
    takes: '<up|down|status> [--yes]',
    summary: {
      en: 'bring the database schema forward, back one step, or say where it is',
      zh: '升级、回退一步或者查看数据库结构',
    },
    arguments: [1, 1],
    options: { yes: { type: 'boolean', says: { en: 'do take a migration back', zh: '确认回退' } } },
    load: () => import('./migrate.js'),
  },
  {
    name: 'audit verify',
    takes: '[--json]',
    summary: {
      en: 'verify the whole history: every entry, and every row against the log; names what was edited by hand',
      zh: '校验全部历史：逐条核对日志，逐行核对数据，指出被手工改动的记录',
    },
    arguments: [0, 0],
    options: { json: { type: 'boolean', says: { en: 'the report as JSON', zh: '以 JSON 输出' } } },
    load: () => import('./audit.js'),
  },
  {
    name: 'backup',
    takes: '<file>',
    summary: {
      en: 'copy the embedded database into a new file, also while a server runs, and verify the copy',
      zh: '将嵌入式数据库复制到新文件（服务运行时也可以），并校验副本',
    },
    arguments: [1, 1],
    options: {},
    load: () => import('./backup.js'),
  },
  {
    name: 'admin create',
    takes: '--username <name> [--name <full name>] [--centre <name>] [--credit-code <code>]',
    summary: {
      en: 'make an administrator; the password comes from TIERGATE_ADMIN_PASSWORD, a pipe, or the terminal',
      zh: '创建管理员；密码取自 TIERGATE_ADMIN_PASSWORD、管道或终端',
    },
    arguments: [0, 0],
    options: {
      username: { type: 'string', says: { en: 'what they sign in with', zh: '登录名' } },
      name: { type: 'string', says: { en: 'their name', zh: '姓名' } },
      centre: {
        type: 'string',
        says: { en: 'the body that runs the product, where there is none yet', zh: '运行本产品的机构（尚无时创建）' },
      },
      'credit-code': { type: 'string', says: { en: 'its unified social credit code', zh: '该机构的统一社会信用代码' } },
    },
    load: () => import('./admin.js'),
  },
  {
    name: 'doctor',
    takes: '',
    summary: {
      en: 'look at settings, database, clock, disk, keys and next year’s calendar; say what to do',
      zh: '检查设置、数据库、时钟、磁盘、密钥和下一年度日历，并说明如何处理',
    },
    arguments: [0, 0],
    options: {},
    load: () => import('./doctor.js'),
  },
];
