using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.Readings;

/// <summary>One decision about a vertex.</summary>
/// <param name="At">When.</param>
/// <param name="From">Parallelism before.</param>
/// <param name="To">Parallelism decided on.</param>
public sealed record ScalingStep(DateTimeOffset At, int From, int To);

/// <summary>What the autoscaler decided for one vertex.</summary>
/// <param name="Id">Flink's id of the vertex, 32 hexadecimal digits.</param>
/// <param name="Steps">Oldest first.</param>
/// <param name="Override">Parallelism in force now; null when the job's own applies.</param>
public sealed record VertexScaling(string Id, IReadOnlyList<ScalingStep> Steps, int? Override);

/// <summary>
/// What the autoscaler keeps in the ConfigMap <c>autoscaler-NAME</c> (KubernetesAutoScalerStateStore): <c>scalingHistory</c> as gzipped YAML in base64,
/// <c>parallelismOverrides</c> as <c>vertex:parallelism,…</c>.
/// </summary>
/// <param name="Vertices">In the order of their ids.</param>
/// <param name="Problem">What could not be read; null when all could.</param>
public sealed partial record AutoscalerMemory(IReadOnlyList<VertexScaling> Vertices, string? Problem)
{
    // What one ConfigMap may hold unzipped: a bomb is cut off.
    private const int Most = 8 * 1024 * 1024;

    /// <summary>Name of the ConfigMap of an application or session job.</summary>
    public static string NameFor(string name) => "autoscaler-" + name;

    /// <summary>Reads the ConfigMap's YAML.</summary>
    public static AutoscalerMemory Of(string yaml)
    {
        var map = Manifest.Parse(yaml);
        var overrides = Overrides(map.Value("data.parallelismOverrides"));
        var history = new Dictionary<string, IReadOnlyList<ScalingStep>>(StringComparer.Ordinal);
        string? problem = null;
        try
        {
            if (map.Value("data.scalingHistory") is { Length: > 0 } text)
                history = Steps(Manifest.Parse(Unpacked(text)).Json);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            problem = "Its scaling history could not be read.";
        }
        return new([.. history.Keys.Union(overrides.Keys).Order(StringComparer.Ordinal).Select(id => new VertexScaling(id, history.GetValueOrDefault(id, []), overrides.TryGetValue(id, out var value) ? value : null))], problem);
    }

    /// <summary><c>vertex:parallelism,…</c> as it stands in the ConfigMap and in <c>pipeline.jobvertex-parallelism-overrides</c>; what is malformed is left out.</summary>
    public static IReadOnlyDictionary<string, int> Overrides(string? text) => (text ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split(':')).Where(parts => parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0].Trim(), parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The decisions that a ScalingReport event tells: vertex, parallelism before and after; empty for other events.</summary>
    public static IReadOnlyList<(string Vertex, int From, int To)> Report(CoreEvent one) => one.Reason != "ScalingReport" ? [] :
        [.. Decision().Matches(one.Message).Select(match => (match.Groups[1].Value, Number(match, 2), Number(match, 3)))];

    private static Dictionary<string, IReadOnlyList<ScalingStep>> Steps(JsonObject history)
    {
        var all = new Dictionary<string, IReadOnlyList<ScalingStep>>(StringComparer.Ordinal);
        foreach (var (id, times) in history)
        {
            var steps = new List<ScalingStep>();
            foreach (var (time, summary) in times as JsonObject ?? [])
            {
                if (DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && summary is JsonObject told && Whole(told["currentParallelism"]) is { } from && Whole(told["newParallelism"]) is { } to)
                    steps.Add(new(at, from, to));
            }
            all[id] = [.. steps.OrderBy(step => step.At)];
        }
        return all;
    }

    private static string Unpacked(string text)
    {
        // Before operator 1.7 it stood there as it is.
        if (text.AsSpan().TrimStart() is ['-', ..] or ['{', ..] || text.Contains(": ", StringComparison.Ordinal))
            return text;
        using var zipped = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        var buffer = new byte[Most];
        var length = zipped.ReadAtLeast(buffer, Most, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static int? Whole(JsonNode? node) => node is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (int)number : null;

    private static int Number(Match match, int group) => int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"Vertex ID (\w+) \| Parallelism (\d+) -> (\d+)")]
    private static partial Regex Decision();
}
