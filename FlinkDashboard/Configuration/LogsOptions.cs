namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Logs</c>: CloudWatch Logs. Logs of pods need no setting.</summary>
public sealed class LogsOptions
{
    /// <summary>Region of the log groups. Not set: <c>Aws:Region</c>.</summary>
    public string? Region { get; set; }

    /// <summary>Address of CloudWatch Logs, for a VPC endpoint. Not set: the region's own.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Address of Live Tail. Not set: the region's own, or that of <see cref="Endpoint"/>.</summary>
    public string? TailEndpoint { get; set; }

    /// <summary>Log groups to choose from beside those that applications name. Empty: all that the account lists.</summary>
    public List<string> Groups { get; set; } = [];

    /// <summary>
    /// Log groups that may be read for applications that name them, with the right to the application's own logs: <c>/emr/{namespace}/*</c>, <c>team-a=/emr/shared</c>,
    /// <c>/emr/shared:{namespace}/*</c>; see <see cref="LogGrant"/>. Empty: any group that no application of another namespace sends to under names that could be taken for its own.
    /// </summary>
    public List<string> ApplicationGroups { get; set; } = [];

    /// <summary>Account number, for the ARNs that Live Tail wants. Not set: taken from the groups' own ARNs.</summary>
    public string? Account { get; set; }

    /// <summary>Lines kept of one open view, 1,000 to 200,000: the oldest go first, with a mark.</summary>
    public int Lines { get; set; } = 20_000;
}
