namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>A function of PromQL.</summary>
/// <param name="Name">Name.</param>
/// <param name="Returns">Type of its value.</param>
/// <param name="Optional">How many of the last arguments may be left out; -1: the last may be repeated.</param>
/// <param name="Takes">Types of its arguments.</param>
internal sealed record Function(string Name, PromType Returns, int Optional, params PromType[] Takes)
{
    /// <summary>All that are known.</summary>
    public static IReadOnlyDictionary<string, Function> All { get; } = List().ToDictionary(f => f.Name);

    private static IEnumerable<Function> List()
    {
        foreach (var name in RangeFunctions.Names)
            yield return new(name, PromType.Vector, 0, PromType.Matrix);
        foreach (var name in (string[])[.. Numbers.Names, "sort", "sort_desc", "absent", "timestamp"])
            yield return new(name, PromType.Vector, 0, PromType.Vector);
        foreach (var name in Calendar.Names)
            yield return new(name, PromType.Vector, 1, PromType.Vector);
        yield return new("absent_over_time", PromType.Vector, 0, PromType.Matrix);
        yield return new("quantile_over_time", PromType.Vector, 0, PromType.Scalar, PromType.Matrix);
        yield return new("predict_linear", PromType.Vector, 0, PromType.Matrix, PromType.Scalar);
        yield return new("histogram_quantile", PromType.Vector, 0, PromType.Scalar, PromType.Vector);
        yield return new("round", PromType.Vector, 1, PromType.Vector, PromType.Scalar);
        yield return new("clamp", PromType.Vector, 0, PromType.Vector, PromType.Scalar, PromType.Scalar);
        yield return new("clamp_min", PromType.Vector, 0, PromType.Vector, PromType.Scalar);
        yield return new("clamp_max", PromType.Vector, 0, PromType.Vector, PromType.Scalar);
        yield return new("label_replace", PromType.Vector, 0, PromType.Vector, PromType.Text, PromType.Text, PromType.Text, PromType.Text);
        yield return new("label_join", PromType.Vector, -1, PromType.Vector, PromType.Text, PromType.Text, PromType.Text);
        yield return new("scalar", PromType.Scalar, 0, PromType.Vector);
        yield return new("vector", PromType.Vector, 0, PromType.Scalar);
        yield return new("time", PromType.Scalar, 0);
        yield return new("pi", PromType.Scalar, 0);
    }
}
