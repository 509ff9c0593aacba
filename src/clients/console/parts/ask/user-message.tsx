export function UserMessage({ content }: { content: string }) {
  return (
    <li class="message question">
      <span class="visually-hidden">You asked:</span>
      <p dir="auto">{content}</p>
    </li>
  );
}
