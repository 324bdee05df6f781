// Counts checks and prints what fails, so that one run tells everything.

let passed = 0;
const failures = [];
const run = [];

// What every check so far is called.
export const names = () => run;

// Runs one check. It fails by throwing, or by returning a list of what is wrong that is not empty.
export async function check(name, look) {
  run.push(name);
  try {
    const wrong = (await look()) ?? [];
    if (wrong.length === 0) {
      passed += 1;
      return;
    }
    failures.push(name);
    console.log(`FAILED ${name}`);
    // A rule that breaks everywhere would drown the others.
    const shown = 12;
    for (const line of wrong.slice(0, shown)) console.log(`  ${line}`);
    if (wrong.length > shown) console.log(`  … and ${wrong.length - shown} more`);
  } catch (error) {
    failures.push(name);
    console.log(`FAILED ${name}\n  ${error.stack ?? error}`);
  }
}

// Prints the closing lines and gives the exit status.
export function close() {
  for (const name of failures) console.log(`failed: ${name}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
}
