using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Features.Metrics;

/// <summary>What the metrics page says in words.</summary>
public static class MetricsWords
{
    /// <summary>One line on what is drawn.</summary>
    public static string Summary(ChartSubjectKind kind, IReadOnlyList<AppRow> rows) => kind switch
    {
        ChartSubjectKind.Fleet => rows.Count == 0 ? "No application is to be seen." : $"{Tally(rows, isSession: false, "application")}{Tally(rows, isSession: true, "session cluster")}The worst stand first.",
        ChartSubjectKind.Operator => "What the Flink Kubernetes operator tells of itself and of what it looks after.",
        ChartSubjectKind.Nodes => "Use and health of the cluster's nodes.",
        ChartSubjectKind.Karpenter => "What Karpenter adds, takes away and cannot place.",
        _ => "Queues and scheduling of YuniKorn.",
    };

    private static string Tally(IReadOnlyList<AppRow> rows, bool isSession, string what) => rows.Any(row => row.IsSession == isSession) ? $"{StateWords.Tally(rows.Where(row => row.IsSession == isSession).Select(row => row.State), what)} " : "";

    /// <summary>Who may see them.</summary>
    public static string Needed(ChartSubjectKind kind) => kind is ChartSubjectKind.Nodes or ChartSubjectKind.Karpenter
        ? "They are shown to those who may list nodes."
        : "They tell of all namespaces, and are shown to those who may list pods in all of them.";

    /// <summary>Id of an application's own small chart.</summary>
    public static string IdOf(AppRow row) => $"{row.Namespace}.{row.Name}";

    /// <summary>A fleet's chart cut down to one application: a small one of many.</summary>
    public static MetricChart Small(MetricChart fleet, AppRow row) => fleet with { Id = IdOf(row), Title = row.Name, Group = fleet.Title, IsMain = true, Meaning = $"{fleet.Meaning} Here of {row.Namespace}/{row.Name}." };

    /// <summary>The lines of a fleet's chart that are one application's.</summary>
    public static ChartAnswer Part(ChartAnswer fleet, string ns, string name)
    {
        if (fleet.Frame is not { } frame)
            return fleet;
        // Flink's reporter writes a hyphen as an underscore, where the cluster label is its own.
        var lines = frame.Lines.Where(line => line.Labels.GetValueOrDefault("namespace") == ns && line.Labels.GetValueOrDefault("app") is { } app && (app == name || app == name.Replace('-', '_'))).ToList();
        return lines.Count == 0
            ? fleet with { Frame = frame with { Lines = [] }, Missing = fleet.Missing ?? $"{name} has no series here in this range." }
            : fleet with { Frame = frame with { Lines = [.. lines.Select(line => line with { Name = lines.Count == 1 ? name : line.Name })] } };
    }
}
