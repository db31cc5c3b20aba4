namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>What the Flink operator's autoscaler found out and did in one pass of a resource.</summary>
/// <param name="Kind">Kind of the resource.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Vertices">Metrics by vertex id and name; NaN where there is none.</param>
/// <param name="HasScaled">It decided on other parallelisms.</param>
/// <param name="IsBalanced">Nothing needed to be changed.</param>
public sealed record ScalingNote(string Kind, string Namespace, string Name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, (double Current, double Average)>> Vertices, bool HasScaled, bool IsBalanced);
