using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>Reading Events, whose time and count stand in different fields depending on who wrote them.</summary>
public static class EventReading
{
    /// <summary>When it last happened; any of the fields may be missing.</summary>
    public static DateTimeOffset? TimeOf(CoreEvent e) =>
        e.Series?.LastObservedTime ?? e.LastTimestamp ?? e.EventTime ?? e.FirstTimestamp ?? e.Metadata.CreationTimestamp;

    /// <summary>When it first happened.</summary>
    public static DateTimeOffset? FirstTimeOf(CoreEvent e) => e.FirstTimestamp ?? e.EventTime ?? e.Metadata.CreationTimestamp;

    /// <summary>How often it happened.</summary>
    public static int CountOf(CoreEvent e) => e.Series?.Count ?? e.Count ?? 1;

    /// <summary>Who wrote it.</summary>
    public static string? ComponentOf(CoreEvent e) =>
        !string.IsNullOrEmpty(e.Source?.Component) ? e.Source.Component : string.IsNullOrEmpty(e.ReportingComponent) ? null : e.ReportingComponent;

    /// <summary>What it says. The operator writes some errors as JSON (SavepointError): of those the sentence that matters.</summary>
    public static string MessageOf(CoreEvent e) =>
        e.Message.AsSpan().TrimStart().StartsWith('{') && OperatorError.Of(e.Message) is { Type: not null } error ? error.Plain : e.Message.Trim();

    /// <summary>A warning.</summary>
    public static bool IsWarning(CoreEvent e) => e.Type == "Warning";
}
