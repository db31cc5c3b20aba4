using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>
/// The generated parsers of all kinds: unknown fields are skipped, numbers may be quoted, null is the same as absent, lists are exact
/// arrays and strings are pooled.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(PooledTextConverter), typeof(TimeConverter), typeof(StringMapConverter), typeof(ListConverterFactory)])]
[JsonSerializable(typeof(KubernetesList<FlinkDeployment>))]
[JsonSerializable(typeof(KubernetesList<FlinkSessionJob>))]
[JsonSerializable(typeof(KubernetesList<FlinkStateSnapshot>))]
[JsonSerializable(typeof(KubernetesList<FlinkBlueGreenDeployment>))]
[JsonSerializable(typeof(KubernetesList<Node>))]
[JsonSerializable(typeof(KubernetesList<Pod>))]
[JsonSerializable(typeof(KubernetesList<Deployment>))]
[JsonSerializable(typeof(KubernetesList<ReplicaSet>))]
[JsonSerializable(typeof(KubernetesList<Service>))]
[JsonSerializable(typeof(KubernetesList<Endpoints>))]
[JsonSerializable(typeof(KubernetesList<ConfigMap>))]
[JsonSerializable(typeof(KubernetesList<CoreEvent>))]
[JsonSerializable(typeof(KubernetesList<Namespace>))]
[JsonSerializable(typeof(KubernetesList<ServiceAccount>))]
[JsonSerializable(typeof(KubernetesList<Role>))]
[JsonSerializable(typeof(KubernetesList<RoleBinding>))]
[JsonSerializable(typeof(KubernetesList<ClusterRole>))]
[JsonSerializable(typeof(KubernetesList<ClusterRoleBinding>))]
[JsonSerializable(typeof(KubernetesList<ResourceQuota>))]
[JsonSerializable(typeof(KubernetesList<Lease>))]
[JsonSerializable(typeof(KubernetesList<CustomResourceDefinition>))]
[JsonSerializable(typeof(KubernetesList<ValidatingWebhookConfiguration>))]
[JsonSerializable(typeof(KubernetesList<NodePool>))]
[JsonSerializable(typeof(KubernetesList<NodeClaim>))]
[JsonSerializable(typeof(KubernetesList<NodeMetrics>))]
[JsonSerializable(typeof(KubernetesList<PodMetrics>))]
[JsonSerializable(typeof(KubernetesList<Ingress>))]
[JsonSerializable(typeof(KubernetesList<ControllerRevision>))]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(ContainerStateWire))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class KindsJson : JsonSerializerContext;
