/** Signals a child that leads its own process group, and all it started. One that is gone already is no error. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leaderPid, signal);
  } catch {
    // ESRCH: gone. EPERM: only zombies are left (macOS).
  }
}

/** Whether a member of the group still exists. */
export function groupExists(leaderPid: number): boolean {
  try {
    process.kill(-leaderPid, 0);
    return true;
  } catch {
    return false;
  }
}
