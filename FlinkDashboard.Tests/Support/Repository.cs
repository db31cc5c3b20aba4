using System.Runtime.CompilerServices;

namespace FlinkDashboard.Tests.Support;

/// <summary>Where the sources and the reference material are on this machine.</summary>
public static class Repository
{
    /// <summary>Folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Recorded operator scenarios: RECORDINGS, else beside the checkout; null where there are none.</summary>
    public static string? Recordings { get; } = Existing("RECORDINGS", "../shared/recordings/operator");

    /// <summary>Tables computed by the operator's rule classes: RECORDINGS_RULES, else beside the checkout; null where there are none.</summary>
    public static string? RecordedRules { get; } = Existing("RECORDINGS_RULES", "../shared/recordings/operator-rules");

    /// <summary>Recorded Flink REST answers: RECORDINGS_FLINK_REST, else beside the checkout; null where there are none.</summary>
    public static string? RecordedFlinkRest { get; } = Existing("RECORDINGS_FLINK_REST", "../shared/recordings/flink-rest");

    /// <summary>Published CustomResourceDefinitions and REST descriptions: SCHEMAS, else beside the checkout; null where there are none.</summary>
    public static string? Schemas { get; } = Existing("SCHEMAS", "../shared/schemas");

    /// <summary>A runnable Flink: FLINK_HOME; null where there is none. Never found by itself, since starting it takes a minute of two processors.</summary>
    public static string? FlinkHome { get; } = Environment.GetEnvironmentVariable("FLINK_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, "start.sh")) ? Path.GetFullPath(home) : null;

    /// <summary>There is a Java runtime to run it.</summary>
    public static bool HasJava { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "java"))) || Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 };

    /// <summary>Scenario folders, empty where there are none.</summary>
    public static IEnumerable<string> Scenarios => Recordings is null
        ? []
        : Directory.EnumerateDirectories(Recordings).Where(d => File.Exists(Path.Combine(d, "scenario.json"))).Order(StringComparer.Ordinal);

    /// <summary>Source files below a folder of the repository, without build output.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) => !Directory.Exists(Path.Combine(Root, folder))
        ? []
        : Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)) && !Relative(f).Split('/').Any(p => p is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    /// <summary>Path from the root, with slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string? Existing(string variable, string fallback)
    {
        var folder = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : Path.Combine(Root, fallback);
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "FlinkDashboard.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from a checkout of the sources.");
    }
}
