namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>The order in which a Java HashMap yields text keys: the operator's texts and flink-conf.yaml show it.</summary>
public static class JavaOrder
{
    /// <summary>java.lang.String.hashCode.</summary>
    public static int Hash(string text)
    {
        var hash = 0;
        foreach (var c in text)
            hash = unchecked((31 * hash) + c);
        return hash;
    }

    /// <summary>The distinct keys as a HashMap filled in this order would yield them.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> keys)
    {
        var distinct = keys.Distinct().ToList();
        var size = 16;
        while (distinct.Count > size * 3 / 4)
            size *= 2;
        return [.. distinct.OrderBy(k => Bucket(k, size))];
    }

    private static int Bucket(string key, int size)
    {
        var hash = (uint)Hash(key);
        return (int)((hash ^ (hash >> 16)) & (uint)(size - 1));
    }
}
