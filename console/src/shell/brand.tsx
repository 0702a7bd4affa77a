export function BrandMark({ size = 30 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#153e63" />
      <path d="M7 23V12a9 9 0 0 1 18 0v11" fill="none" stroke="#8fc1e8" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M12 23v-9a4 4 0 0 1 8 0v9" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="16" cy="23" r="2" fill="#f2b84b" />
    </svg>
  );
}
