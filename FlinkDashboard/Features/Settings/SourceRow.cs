using FlinkDashboard.Gateways;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Features.Settings;

/// <summary>One system that the dashboard reads from, and how the requests to it fare.</summary>
/// <param name="Key">Short name of the gateway: <c>kubernetes</c>.</param>
/// <param name="Name">"CloudWatch Logs".</param>
/// <param name="Kind">What stands there or by which way it is reached; empty when there is no more to say.</param>
/// <param name="Address">Where; null when the settings name none.</param>
/// <param name="Missing">What to set when there is no address.</param>
public sealed record SourceRow(string Key, string Name, string Kind, string? Address, string Missing, GatewayTally Tally)
{
    /// <summary>The last failure when nothing good came after it.</summary>
    public GatewayFailure? Trouble => Tally.LastError is { } error && !(Tally.LastSuccess > error.At) ? error : null;

    /// <summary>How the screen tints the state.</summary>
    public VerdictState Verdict => Address is null || (Tally.LastSuccess is null && Tally.LastError is null) ? VerdictState.Stopped
        : Trouble is not { } error ? VerdictState.Healthy
        : SourceWords.IsOfTheWay(error.Reason) ? VerdictState.Failing
        : SourceWords.IsOfRights(error.Reason) ? VerdictState.Degraded
        : VerdictState.Healthy;

    /// <summary>The state in words.</summary>
    public string Word => Verdict switch
    {
        VerdictState.Stopped => Address is null ? "Not set" : "Not asked yet",
        VerdictState.Healthy => "Answers",
        VerdictState.Degraded => "Refuses",
        _ => "No contact"
    };
}
