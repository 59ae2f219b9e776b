/** Names with their values, as a list of pairs that is read out as one. @param className how the pairs are laid out */
export function FactList({
  facts,
  className,
}: {
  facts: readonly (readonly [name: string, value: string])[];
  className: string | undefined;
}) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
