using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A Service.</summary>
public sealed record Service : IKubernetesObject<Service>
{
    /// <inheritdoc />
    public static KindInfo<Service> Info { get; } = new("", "v1", "Service", "services", true, KindsJson.Default.Service, KindsJson.Default.KubernetesListService);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Address, ports, selector.</summary>
    public ServiceSpec Spec { get; init => field = value ?? ServiceSpec.None; } = ServiceSpec.None;

    /// <summary>External addresses.</summary>
    public ServiceStatus? Status { get; init; }
}

/// <summary>spec of a Service.</summary>
public sealed record ServiceSpec
{
    /// <summary>No spec.</summary>
    public static readonly ServiceSpec None = new();

    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Cluster address; <c>None</c> for headless.</summary>
    [JsonPropertyName("clusterIP")]
    public string? ClusterIp { get; init; }

    /// <summary>Addresses outside.</summary>
    [JsonPropertyName("externalIPs")]
    public IReadOnlyList<string> ExternalIps { get; init => field = value ?? []; } = [];

    /// <summary>Ports.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init => field = value ?? []; } = [];

    /// <summary>Labels of its pods.</summary>
    public StringMap Selector { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}

/// <summary>A port of a Service.</summary>
/// <param name="Name">Name, if any.</param>
/// <param name="Port">Number.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="TargetPort">Number or name of the container port.</param>
/// <param name="NodePort">Port on the nodes, if any.</param>
public sealed record ServicePort(string? Name, int Port, string? Protocol, string? TargetPort, int? NodePort);

/// <summary>status of a Service.</summary>
public sealed record ServiceStatus
{
    /// <summary>The load balancer.</summary>
    public LoadBalancerStatus? LoadBalancer { get; init; }
}

/// <summary>status.loadBalancer of a Service or Ingress.</summary>
public sealed record LoadBalancerStatus
{
    /// <summary>Its addresses.</summary>
    public IReadOnlyList<LoadBalancerIngress> Ingress { get; init => field = value ?? []; } = [];
}

/// <summary>An address of a load balancer.</summary>
/// <param name="Hostname">Name, or null.</param>
/// <param name="Ip">Address, or null.</param>
public sealed record LoadBalancerIngress(string? Hostname, string? Ip);
