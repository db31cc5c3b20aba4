namespace FlinkDashboard.Tests.Support;

/// <summary>A fact about recordings; skipped, with the reason, where the folder is absent.</summary>
public sealed class RecordedFactAttribute : FactAttribute
{
    /// <summary>Skips without recordings.</summary>
    public RecordedFactAttribute(RecordingKind kind = RecordingKind.Scenarios) => Skip = RecordedSkip.Reason(kind);
}

/// <summary>A theory over recordings; skipped, with the reason, where the folder is absent.</summary>
public sealed class RecordedTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips without recordings.</summary>
    public RecordedTheoryAttribute(RecordingKind kind = RecordingKind.Scenarios) => Skip = RecordedSkip.Reason(kind);
}

/// <summary>Which folder a test reads.</summary>
public enum RecordingKind
{
    /// <summary>Operator scenarios.</summary>
    Scenarios,

    /// <summary>Operator rule tables.</summary>
    Rules,

    /// <summary>Flink REST answers.</summary>
    FlinkRest,

    /// <summary>Published schemas.</summary>
    Schemas,

    /// <summary>No recording, but a Flink that can be started.</summary>
    RealFlink,
}

internal static class RecordedSkip
{
    public static string? Reason(RecordingKind kind) => kind switch
    {
        RecordingKind.Scenarios when Repository.Recordings is null => "No recordings here: set RECORDINGS to a folder of operator scenarios.",
        RecordingKind.Rules when Repository.RecordedRules is null => "No recorded rules here: set RECORDINGS_RULES to their folder.",
        RecordingKind.FlinkRest when Repository.RecordedFlinkRest is null => "No recorded REST answers here: set RECORDINGS_FLINK_REST to their folder.",
        RecordingKind.RealFlink when Repository.FlinkHome is null => "No Flink here: set FLINK_HOME to a folder with start.sh.",
        RecordingKind.RealFlink when !Repository.HasJava => "No Java here: install openjdk-17-jre-headless.",
        RecordingKind.Schemas when Repository.Schemas is null => "No schemas here: set SCHEMAS to the folder of the published CustomResourceDefinitions.",
        _ => null,
    };
}
