using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>One line of a quota: how much of a resource is used of how much.</summary>
/// <param name="Quota">Name of the ResourceQuota.</param>
/// <param name="Resource">"requests.cpu", "pods".</param>
/// <param name="Used">In cores, bytes or pieces; null until the quota controller has counted.</param>
/// <param name="Hard">The limit in the same unit; null when it cannot be read.</param>
public sealed record QuotaReading(string Quota, string Resource, double? Used, double? Hard)
{
    /// <summary>Counted in bytes.</summary>
    public bool IsBytes => Resource.Contains("memory", StringComparison.Ordinal) || Resource.Contains("storage", StringComparison.Ordinal);

    /// <summary>Counted in cores.</summary>
    public bool IsCores => Resource is "cpu" or "requests.cpu" or "limits.cpu";

    /// <summary>Used of the limit, 0 to 1 and beyond; null when unknown. A limit of nothing counts as full.</summary>
    public double? Fraction => (Used, Hard) switch
    {
        ({ } used, > 0) => used / Hard,
        (not null, <= 0) => 1,
        _ => null,
    };

    /// <summary>The resource as one says it.</summary>
    public string Words => Resource switch
    {
        "cpu" or "requests.cpu" => "CPU requests",
        "memory" or "requests.memory" => "Memory requests",
        "limits.cpu" => "CPU limits",
        "limits.memory" => "Memory limits",
        "pods" or "count/pods" => "Pods",
        "requests.storage" => "Storage requests",
        "requests.ephemeral-storage" or "ephemeral-storage" => "Scratch space requests",
        _ => Plain(Resource),
    };

    /// <summary>Every line of some quotas, by quota and resource; limits in force where the controller has written them, else those asked for.</summary>
    public static IReadOnlyList<QuotaReading> Of(IEnumerable<ResourceQuota> quotas) =>
    [
        .. from quota in quotas
           orderby quota.Metadata.Name
           let hard = quota.Status.Hard.Count > 0 ? quota.Status.Hard : quota.Spec.Hard
           from limit in hard
           select new QuotaReading(quota.Metadata.Name, limit.Key, (double?)Quantity.Of(quota.Status.Used, limit.Key), (double?)Quantity.Parse(limit.Value)),
    ];

    /// <summary>The line that binds first, of those for one of these resources; null when nothing limits them.</summary>
    public static QuotaReading? Tightest(IEnumerable<QuotaReading> lines, params string[] resources) =>
        lines.Where(line => resources.Contains(line.Resource) && line.Hard is not null).MinBy(line => line.Hard - (line.Used ?? 0));

    private static string Plain(string resource)
    {
        var name = resource.StartsWith("count/", StringComparison.Ordinal) ? resource["count/".Length..].Split('.')[0] : resource;
        var words = ResourceWords.Of(name);
        return words.Length == 0 ? resource : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
