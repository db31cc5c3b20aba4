namespace FlinkDashboard.Model.Kinds;

/// <summary>A service account.</summary>
public sealed record ServiceAccount : IKubernetesObject<ServiceAccount>
{
    /// <inheritdoc />
    public static KindInfo<ServiceAccount> Info { get; } = new("", "v1", "ServiceAccount", "serviceaccounts", true, KindsJson.Default.ServiceAccount, KindsJson.Default.KubernetesListServiceAccount);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Names of its token secrets (none in newer clusters).</summary>
    public IReadOnlyList<ObjectReference> Secrets { get; init => field = value ?? []; } = [];

    /// <summary>IAM role of its pods on EKS, or null.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? RoleArn => Metadata.Annotations["eks.amazonaws.com/role-arn"];
}
