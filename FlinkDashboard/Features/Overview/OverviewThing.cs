using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Features.Overview;

/// <summary>Anything with a verdict on the overview: an application, a session cluster or a session job.</summary>
public sealed record OverviewThing(string Kind, string Namespace, string Name, string Team, VerdictState State, string Sentence, DateTimeOffset? Since, string Address)
{
    public static OverviewThing From(AppRow row) => new(row.IsSession ? "session cluster" : "application", row.Namespace, row.Name, row.Team, row.State, row.Sentence, row.Since, row.Address);

    public static OverviewThing From(SessionJobRow row, string team) => new("session job", row.Namespace, row.Name, team, row.State, row.Sentence, null, $"/sessions/{row.Namespace}/{row.Name}");

    /// <summary>Whether somebody should look: it fails, limps, or cannot be judged.</summary>
    public bool NeedsAttention => State is VerdictState.Failing or VerdictState.Degraded or VerdictState.Unknown;
}
