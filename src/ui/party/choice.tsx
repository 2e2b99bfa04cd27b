/** One of a few settings, as a row of segments. */
export function Choice<T extends string>(props: {
  name: string;
  label: string;
  choices: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}) {
  const { name, label, choices, value, onChange } = props;
  return (
    <div class="control segmented" role="radiogroup" aria-labelledby={`${name}-label`}>
      <span class="fine" id={`${name}-label`}>
        {label}
      </span>
      <div class="segments">
        {choices.map(([each, words]) => (
          <label key={each}>
            <input
              type="radio"
              name={name}
              value={each}
              checked={value === each}
              onChange={() => onChange(each)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
