using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>An EC2 instance type that Karpenter may launch.</summary>
/// <param name="Family">For instance <c>c5d</c>.</param>
/// <param name="Size">For instance <c>2xlarge</c>.</param>
/// <param name="Cores">vCPUs.</param>
/// <param name="Gibibytes">Memory.</param>
internal sealed record InstanceType(string Family, string Size, int Cores, int Gibibytes)
{
    /// <summary><c>c5d.2xlarge</c>.</summary>
    public string Name => $"{Family}.{Size}";

    /// <summary>amd64, or arm64 for Graviton families (their generation is followed by a g).</summary>
    public string Architecture => Family.Length > 2 && Family[2] == 'g' ? "arm64" : "amd64";

    /// <summary>Labels that Karpenter puts on nodes of the type.</summary>
    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string>
    {
        ["node.kubernetes.io/instance-type"] = Name,
        ["kubernetes.io/arch"] = Architecture,
        ["kubernetes.io/os"] = "linux",
        ["karpenter.k8s.aws/instance-category"] = Family[..1],
        ["karpenter.k8s.aws/instance-family"] = Family,
        ["karpenter.k8s.aws/instance-generation"] = Family[1..2],
        ["karpenter.k8s.aws/instance-size"] = Size,
        ["karpenter.k8s.aws/instance-cpu"] = Cores.ToString(CultureInfo.InvariantCulture),
        ["karpenter.k8s.aws/instance-memory"] = (Gibibytes * 1024).ToString(CultureInfo.InvariantCulture),
        ["karpenter.k8s.aws/instance-hypervisor"] = "nitro",
    };

    /// <summary>Allocatable thousandths of a core: what the kubelet reserves grows with the cores.</summary>
    public long AllocatableMillis => (Cores * 1000) - 80 - (Cores > 4 ? (Cores - 4) * 5 / 2 : 0);

    /// <summary>Allocatable bytes: the kubelet and the system keep 11 MiB per pod, 255 MiB and 100 MiB.</summary>
    public long AllocatableBytes => ((Gibibytes * 1024L) - 355 - (11 * Pods)) * 1024 * 1024;

    /// <summary>Pods by the number of addresses of the type's interfaces.</summary>
    public int Pods => Cores >= 16 ? 234 : 58;
}

/// <summary>The types known to the sandbox: those the seed's pools ask for, and their neighbours.</summary>
internal static class InstanceTypes
{
    /// <summary>Smallest first.</summary>
    public static readonly IReadOnlyList<InstanceType> All =
    [
        .. new (string Family, int PerCore, (string Size, int Cores)[] Sizes)[]
        {
            ("c5d", 2, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("9xlarge", 36)]),
            ("c5n", 2, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("9xlarge", 36)]),
            ("m5", 4, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32)]),
            ("m5n", 4, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32)]),
            ("r5d", 8, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32)]),
            ("r6gd", 8, [("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32)]),
        }.SelectMany(f => f.Sizes.Select(s => new InstanceType(f.Family, s.Size, s.Cores, s.Cores * f.PerCore))).OrderBy(t => t.Cores).ThenBy(t => t.Gibibytes),
    ];
}
