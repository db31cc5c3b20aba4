namespace FlinkDashboard.Model.Readings;

/// <summary>
/// <c>resource.memory</c> of a Flink component. The operator reads it as a Flink MemorySize first (<c>2048m</c> and <c>2g</c> count in
/// powers of 1024) and only then, in upper case and without a trailing B, as a Kubernetes quantity (<c>2Gi</c>).
/// </summary>
public static class FlinkMemory
{
    /// <summary>Bytes, or null when the text is neither.</summary>
    public static long? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        return MemorySize.Parse(text) ?? AsKubernetes(text);
    }

    private static long? AsKubernetes(string text)
    {
        var upper = text.ToUpperInvariant();
        if (upper.EndsWith('B'))
            upper = upper[..^1];
        if (upper.EndsWith('I'))
            upper = upper[..^1] + 'i';
        return Quantity.Parse(upper) is { } value and >= 0 and <= long.MaxValue ? (long)value : null;
    }
}
