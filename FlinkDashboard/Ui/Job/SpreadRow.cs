using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Ui.Job;

/// <summary>One measure with its spread.</summary>
/// <param name="Text">How its numbers are written.</param>
/// <param name="NoPercentiles">Flink's percentiles of it are of something else.</param>
public sealed record SpreadRow(string Name, Spread Spread, Func<double, string> Text, bool NoPercentiles = false);
