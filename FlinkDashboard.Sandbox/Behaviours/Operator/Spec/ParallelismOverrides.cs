using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>pipeline.jobvertex-parallelism-overrides: the parallelism of single vertices, by their id.</summary>
public static class ParallelismOverrides
{
    /// <summary>The key.</summary>
    public const string Key = "pipeline.jobvertex-parallelism-overrides";

    /// <summary>Reads <c>id:2,id:4</c>; what is no positive number is left out.</summary>
    public static IReadOnlyDictionary<string, int> Parse(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split(':')).Where(p => p.Length == 2 && int.TryParse(p[1].Trim(), out var number) && number > 0)
        .ToDictionary(p => p[0].Trim(), p => int.Parse(p[1].Trim(), CultureInfo.InvariantCulture));

    /// <summary>Writes them in the order of a Java map.</summary>
    public static string Write(IReadOnlyDictionary<string, int> overrides) =>
        string.Join(',', JavaOrder.Of(overrides.Keys).Select(k => $"{k}:{overrides[k].ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>The same parallelisms for the same vertices.</summary>
    public static bool Same(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var number) && number == p.Value);
}
