namespace FlinkDashboard.Model.OperatorRules;

/// <summary>A rule of the operator's validator that a spec breaks.</summary>
/// <param name="Field">Path of the field to mend, for instance <c>spec.job.parallelism</c>.</param>
/// <param name="Message">The operator's own words.</param>
public sealed record RuleBreach(string Field, string Message);
