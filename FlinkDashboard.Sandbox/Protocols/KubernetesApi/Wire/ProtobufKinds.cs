using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;

/// <summary>
/// The kinds that newer kubectl versions send as protobuf (its <c>create</c> generators and <c>auth can-i</c>), with the field numbers of
/// the API's published .proto files. Any other kind must come as JSON.
/// </summary>
internal static class ProtobufKinds
{
    /// <summary>Media type of the form.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static readonly Dictionary<string, ProtobufMessage> Messages = new()
    {
        ["ObjectMeta"] = new("1 name string, 2 generateName string, 3 namespace string, 5 uid string, 6 resourceVersion string, 11 labels map, 12 annotations map, 13 ownerReferences *OwnerReference, 14 finalizers *string"),
        ["OwnerReference"] = new("1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool, 7 blockOwnerDeletion bool"),
        ["Namespace"] = new("1 metadata ObjectMeta"),
        ["ConfigMap"] = new("1 metadata ObjectMeta, 2 data map, 3 binaryData bytesmap, 4 immutable bool"),
        ["Secret"] = new("1 metadata ObjectMeta, 2 data bytesmap, 3 type string, 4 stringData map"),
        ["ServiceAccount"] = new("1 metadata ObjectMeta"),
        ["ResourceQuota"] = new("1 metadata ObjectMeta, 2 spec ResourceQuotaSpec"),
        ["ResourceQuotaSpec"] = new("1 hard quantitymap, 2 scopes *string"),
        ["Role"] = new("1 metadata ObjectMeta, 2 rules *PolicyRule"),
        ["ClusterRole"] = new("1 metadata ObjectMeta, 2 rules *PolicyRule"),
        ["PolicyRule"] = new("1 verbs *string, 2 apiGroups *string, 3 resources *string, 4 resourceNames *string, 5 nonResourceURLs *string"),
        ["RoleBinding"] = new("1 metadata ObjectMeta, 2 subjects *Subject, 3 roleRef RoleRef"),
        ["ClusterRoleBinding"] = new("1 metadata ObjectMeta, 2 subjects *Subject, 3 roleRef RoleRef"),
        ["Subject"] = new("1 kind string, 2 apiGroup string, 3 name string, 4 namespace string"),
        ["RoleRef"] = new("1 apiGroup string, 2 kind string, 3 name string"),
        ["DeleteOptions"] = new("1 gracePeriodSeconds int, 2 preconditions Preconditions, 3 orphanDependents bool, 4 propagationPolicy string, 5 dryRun *string"),
        ["Preconditions"] = new("1 uid string, 2 resourceVersion string"),
        ["SelfSubjectAccessReview"] = new("1 metadata ObjectMeta, 2 spec AccessSpec"),
        ["SubjectAccessReview"] = new("1 metadata ObjectMeta, 2 spec AccessSpec"),
        ["LocalSubjectAccessReview"] = new("1 metadata ObjectMeta, 2 spec AccessSpec"),
        ["AccessSpec"] = new("1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes, 3 user string, 4 groups *string, 6 uid string"),
        ["ResourceAttributes"] = new("1 namespace string, 2 verb string, 3 group string, 4 version string, 5 resource string, 6 subresource string, 7 name string"),
        ["NonResourceAttributes"] = new("1 path string, 2 verb string"),
        ["SelfSubjectRulesReview"] = new("1 metadata ObjectMeta, 2 spec RulesSpec"),
        ["RulesSpec"] = new("1 namespace string"),
        ["SelfSubjectReview"] = new("1 metadata ObjectMeta"),
        ["TokenReview"] = new("1 metadata ObjectMeta, 2 spec TokenSpec"),
        ["TokenSpec"] = new("1 token string, 2 audiences *string"),
    };

    /// <summary>A message by name.</summary>
    public static ProtobufMessage Message(string name) => Messages[name];

    /// <summary>The JSON of a body; null for a kind that is not described.</summary>
    /// <exception cref="FormatException">The bytes are not the API's protobuf envelope.</exception>
    public static JsonObject? Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("k8s\0"u8))
            throw new FormatException("the magic prefix is missing");
        string version = "", kind = "";
        ReadOnlySpan<byte> raw = [];
        var envelope = new ProtobufReader(body[4..]);
        while (envelope.Next())
        {
            if (envelope.Field == 2)
                raw = envelope.Bytes;
            if (envelope.Field != 1)
                continue;
            var type = new ProtobufReader(envelope.Bytes);
            while (type.Next())
            {
                if (type.Field == 1)
                    version = type.Text;
                else if (type.Field == 2)
                    kind = type.Text;
            }
        }
        if (!Messages.TryGetValue(kind, out var message))
            return null;
        var result = new JsonObject { ["apiVersion"] = version, ["kind"] = kind };
        foreach (var (key, value) in message.Read(raw))
            result[key] = value?.DeepClone();
        return result;
    }
}
