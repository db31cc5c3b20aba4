using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Flink;

/// <summary>One entry of <c>/jobmanager/config</c>. Flink masks values whose key names a secret.</summary>
public sealed record ConfigEntry
{
    /// <summary>Key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Value, perhaps masked.</summary>
    public string? Value { get; init; }

    /// <summary>Masked where the key names a secret; options of Java processes are texts that may hold some.</summary>
    public ConfigEntry Redacted() => this with { Value = Redaction.Hides(Key) ? Redaction.Mask : Value is null ? null : RedactionOfText.Of(Value) };
}

/// <summary><c>/jobmanager/environment</c> (since 1.16).</summary>
public sealed record FlinkEnvironment
{
    /// <summary>The Java process.</summary>
    public FlinkJvm Jvm { get; init => field = value ?? new(); } = new();

    /// <summary>Jars.</summary>
    public IReadOnlyList<string> Classpath { get; init => field = value ?? []; } = [];

    /// <summary>Without secrets in the options.</summary>
    public FlinkEnvironment Redacted() => this with { Jvm = Jvm with { Options = [.. Jvm.Options.Select(RedactionOfText.Of)] } };
}

/// <summary>A Java process.</summary>
public sealed record FlinkJvm
{
    /// <summary>Name and version of the runtime.</summary>
    public string? Version { get; init; }

    /// <summary>Processor architecture.</summary>
    public string? Arch { get; init; }

    /// <summary>Options on the command line.</summary>
    public IReadOnlyList<string> Options { get; init => field = value ?? []; } = [];
}

/// <summary><c>…/logs</c>. Empty when the process logs to the console only.</summary>
public sealed record LogFiles
{
    /// <summary>The files.</summary>
    public IReadOnlyList<LogFile> Logs { get; init => field = value ?? []; } = [];
}

/// <summary>One log file.</summary>
public sealed record LogFile
{
    /// <summary>File name without folders.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Last change.</summary>
    public DateTimeOffset? Mtime { get; init; }
}

/// <summary>Text of a log file, of the log or of the standard output.</summary>
/// <param name="Text">The end of the file, at most <see cref="Kept"/> bytes, beginning with a whole line.</param>
/// <param name="Size">Bytes of the whole file as far as it was read.</param>
/// <param name="IsCut">Something before <paramref name="Text"/> was left out.</param>
public sealed record LogText(string Text, long Size, bool IsCut)
{
    /// <summary>Bytes kept of a file.</summary>
    public const int Kept = 1 << 20;
}

/// <summary><c>…/thread-dump</c>.</summary>
public sealed record ThreadDump
{
    /// <summary>The threads.</summary>
    public IReadOnlyList<ThreadInfo> ThreadInfos { get; init => field = value ?? []; } = [];
}

/// <summary>One thread.</summary>
public sealed record ThreadInfo
{
    /// <summary>Its name.</summary>
    public string ThreadName { get; init => field = value ?? ""; } = "";

    /// <summary>State and stack.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string StringifiedThreadInfo { get; init => field = value ?? ""; } = "";
}

/// <summary><c>…/profiler</c> (since 1.19, where <c>rest.profiling.enabled</c>).</summary>
public sealed record ProfilingList
{
    /// <summary>Newest first.</summary>
    [JsonPropertyName("profilingList")]
    public IReadOnlyList<Profiling> Profilings { get; init => field = value ?? []; } = [];
}

/// <summary>One run of the profiler.</summary>
public sealed record Profiling
{
    /// <summary>RUNNING, FINISHED or FAILED.</summary>
    public string? Status { get; init; }

    /// <summary>CPU, ALLOC, LOCK, WALL, ITIMER.</summary>
    public string? Mode { get; init; }

    /// <summary>Begin.</summary>
    public DateTimeOffset? TriggerTime { get; init; }

    /// <summary>End.</summary>
    public DateTimeOffset? FinishedTime { get; init; }

    /// <summary>Seconds.</summary>
    public long Duration { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Message { get; init; }

    /// <summary>File name.</summary>
    public string? OutputFile { get; init; }
}

/// <summary>The body of every refusal: one or two texts, mostly Java stack traces.</summary>
public sealed record FlinkErrors
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Errors { get; init => field = value ?? []; } = [];
}
