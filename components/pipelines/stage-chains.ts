type Hop = { sourceEnvironmentId: string; targetEnvironmentId: string };

/**
 * Stages as rows to read from left to right: a stage that begins where a row ends goes on with it, another one begins
 * a row of its own, so that a pipeline which forks is still drawn without a crossing line.
 */
export function chainStages<Stage extends Hop>(stages: readonly Stage[]): Stage[][] {
  const chains: Stage[][] = [];
  for (const stage of stages) {
    const before = chains.find((chain) => chain.at(-1)!.targetEnvironmentId === stage.sourceEnvironmentId);
    if (before) before.push(stage);
    else chains.push([stage]);
  }
  return chains;
}
