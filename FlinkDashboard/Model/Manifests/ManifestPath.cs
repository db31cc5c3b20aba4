using System.Globalization;

namespace FlinkDashboard.Model.Manifests;

/// <summary>
/// A path into a manifest: names with dots between, keys that contain dots and list indexes in brackets (<c>spec.flinkConfiguration[a.b]</c>,
/// <c>spec.job.args[0]</c>). What follows flinkConfiguration is one key, however it is nested.
/// </summary>
internal static class ManifestPath
{
    private const string Configuration = "flinkConfiguration";

    /// <summary>The steps of a path.</summary>
    public static IReadOnlyList<string> Steps(string path)
    {
        var steps = new List<string>();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '[')
            {
                var close = path.IndexOf(']', at);
                close = close < 0 ? path.Length : close;
                steps.Add(path[(at + 1)..close]);
                at = close + 1;
            }
            else
            {
                var end = path.IndexOfAny(['.', '['], at);
                end = end < 0 ? path.Length : end;
                if (end > at)
                    steps.Add(path[at..end]);
                at = end < path.Length && path[end] == '.' ? end + 1 : end;
            }
        }
        var configuration = steps.IndexOf(Configuration);
        return configuration < 0 || configuration + 2 >= steps.Count ? steps : [.. steps[..(configuration + 1)], string.Join('.', steps[(configuration + 1)..])];
    }

    /// <summary>A step below a path.</summary>
    public static string Below(string path, string key) =>
        path.Length == 0 ? key : key.AsSpan().IndexOfAny(".[] /") < 0 ? $"{path}.{key}" : $"{path}[{key}]";

    /// <summary>An index below a path.</summary>
    public static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The step as a list index; null when it is none.</summary>
    public static int? Index(string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>The path leads to the free-form configuration, whose keys may be nested.</summary>
    public static bool IsConfiguration(string step) => step == Configuration;
}
