namespace FlinkDashboard.Model.Kinds;

/// <summary>An Ingress.</summary>
public sealed record Ingress : IKubernetesObject<Ingress>
{
    /// <inheritdoc />
    public static KindInfo<Ingress> Info { get; } = new("networking.k8s.io", "v1", "Ingress", "ingresses", true, KindsJson.Default.Ingress, KindsJson.Default.KubernetesListIngress);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Class and hosts.</summary>
    public IngressSpec Spec { get; init => field = value ?? IngressSpec.None; } = IngressSpec.None;
}

/// <summary>spec of an Ingress.</summary>
public sealed record IngressSpec
{
    /// <summary>No spec.</summary>
    public static readonly IngressSpec None = new();

    /// <summary>Class.</summary>
    public string? IngressClassName { get; init; }

    /// <summary>Rules by host.</summary>
    public IReadOnlyList<IngressRule> Rules { get; init => field = value ?? []; } = [];
}

/// <summary>One rule.</summary>
/// <param name="Host">Host name; null for any.</param>
public sealed record IngressRule(string? Host);
