/** The empty application that ours is weighed against. */
export default function Page() {
  return <p>Nothing.</p>;
}
