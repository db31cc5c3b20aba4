using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Columns of core/v1 kinds but pods, as the kubernetes printers give them.</summary>
internal static class CoreColumns
{
    /// <summary>Namespaces.</summary>
    public static IReadOnlyList<Column> Namespaces { get; } = [Column.NameColumn, new("Status", (o, _) => Cells.Text(o, "status", "phase")), Column.Age];

    /// <summary>Nodes.</summary>
    public static IReadOnlyList<Column> Nodes { get; } =
    [
        Column.NameColumn,
        new("Status", (o, _) => NodeStatus(o)),
        new("Roles", (o, _) => NodeRoles(o)),
        Column.Age,
        new("Version", (o, _) => Cells.Text(o, "status", "nodeInfo", "kubeletVersion")),
        Column.Wide("Internal-IP", o => Address(o, "InternalIP")),
        Column.Wide("External-IP", o => Address(o, "ExternalIP")),
        Column.Wide("OS-Image", o => Known(o, "osImage")),
        Column.Wide("Kernel-Version", o => Known(o, "kernelVersion")),
        Column.Wide("Container-Runtime", o => Known(o, "containerRuntimeVersion")),
    ];

    /// <summary>Services.</summary>
    public static IReadOnlyList<Column> Services { get; } =
    [
        Column.NameColumn,
        new("Type", (o, _) => Cells.Text(o, "spec", "type")),
        new("Cluster-IP", (o, _) => Cells.OrNone(Cells.Text(o, "spec", "clusterIP"))),
        new("External-IP", (o, _) => ExternalIp(o)),
        new("Port(s)", (o, _) => Cells.OrNone(Cells.Items(o, "spec", "ports").Select(Port))),
        Column.Age,
        Column.Wide("Selector", o => Cells.Labels(Cells.At(o, "spec", "selector"))),
    ];

    /// <summary>Endpoints.</summary>
    public static IReadOnlyList<Column> Endpoints { get; } = [Column.NameColumn, new("Endpoints", (o, _) => EndpointList(o)), Column.Age];

    /// <summary>Config maps.</summary>
    public static IReadOnlyList<Column> ConfigMaps { get; } =
        [Column.NameColumn, Column.Integer("Data", o => Cells.Properties(o, "data").Count() + Cells.Properties(o, "binaryData").Count()), Column.Age];

    /// <summary>Secrets.</summary>
    public static IReadOnlyList<Column> Secrets { get; } =
        [Column.NameColumn, new("Type", (o, _) => Cells.Text(o, "type")), Column.Integer("Data", o => Cells.Properties(o, "data").Count()), Column.Age];

    /// <summary>Service accounts.</summary>
    public static IReadOnlyList<Column> ServiceAccounts { get; } = [Column.NameColumn, Column.Integer("Secrets", o => Cells.Items(o, "secrets").Count()), Column.Age];

    /// <summary>Events; the first column is no name.</summary>
    public static IReadOnlyList<Column> Events { get; } =
    [
        new("Last Seen", (o, now) => LastSeen(o, now)),
        new("Type", (o, _) => Cells.Text(o, "type")),
        new("Reason", (o, _) => Cells.Text(o, "reason")),
        new("Object", (o, _) => Cells.Text(o, "involvedObject", "kind").ToLowerInvariant() + (Cells.Text(o, "involvedObject", "name") is { Length: > 0 } n ? "/" + n : "")),
        Column.Wide("Subobject", o => Cells.Text(o, "involvedObject", "fieldPath")),
        Column.Wide("Source", Source),
        new("Message", (o, _) => Cells.Text(o, "message").Trim()),
        new("First Seen", (o, now) => FirstSeen(o, now)) { Priority = 1 },
        Column.Wide("Count", o => Count(o)) with { Type = "string" },
        Column.Wide("Name", o => Cells.Text(o, "metadata", "name")) with { Format = "name" },
    ];

    /// <summary>Persistent volume claims.</summary>
    public static IReadOnlyList<Column> PersistentVolumeClaims { get; } =
    [
        Column.NameColumn,
        new("Status", (o, _) => Cells.Text(o, "metadata", "deletionTimestamp").Length > 0 ? "Terminating" : Cells.Text(o, "status", "phase")),
        new("Volume", (o, _) => Cells.Text(o, "spec", "volumeName")),
        new("Capacity", (o, _) => Cells.Text(o, "status", "capacity", "storage")),
        new("Access Modes", (o, _) => string.Join(',', Cells.Items(o, "status", "accessModes").Select(m => Mode(Cells.Show(m))))),
        new("StorageClass", (o, _) => Cells.Text(o, "spec", "storageClassName")),
        new("VolumeAttributesClass", (o, _) => Cells.Text(o, "spec", "volumeAttributesClassName") is { Length: > 0 } c ? c : "<unset>"),
        Column.Age,
        Column.Wide("VolumeMode", o => Cells.Text(o, "spec", "volumeMode")),
    ];

    /// <summary>Resource quotas.</summary>
    public static IReadOnlyList<Column> ResourceQuotas { get; } =
        [Column.NameColumn, new("Request", (o, _) => Usage(o, limits: false)), new("Limit", (o, _) => Usage(o, limits: true)), Column.Age];

    private static string NodeStatus(JsonElement o)
    {
        var ready = Cells.Items(o, "status", "conditions").FirstOrDefault(c => Cells.Text(c, "type") == "Ready");
        var status = ready.ValueKind != JsonValueKind.Object ? "Unknown" : Cells.Text(ready, "status") == "True" ? "Ready" : "NotReady";
        return Cells.At(o, "spec", "unschedulable").ValueKind == JsonValueKind.True ? status + ",SchedulingDisabled" : status;
    }

    private static string NodeRoles(JsonElement o)
    {
        const string prefix = "node-role.kubernetes.io/";
        var roles = Cells.Properties(o, "metadata", "labels").Select(l => l.Name.StartsWith(prefix, StringComparison.Ordinal) ? l.Name[prefix.Length..]
            : l.Name == "kubernetes.io/role" ? Cells.Show(l.Value) : "");
        return Cells.OrNone(roles.Where(r => r.Length > 0).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Address(JsonElement o, string type) =>
        Cells.OrNone(Cells.Text(Cells.Items(o, "status", "addresses").FirstOrDefault(a => Cells.Text(a, "type") == type), "address"));

    private static string Known(JsonElement o, string field) => Cells.Text(o, "status", "nodeInfo", field) is { Length: > 0 } known ? known : "<unknown>";

    private static string ExternalIp(JsonElement o)
    {
        var own = Cells.Items(o, "spec", "externalIPs").Select(Cells.Show);
        return Cells.Text(o, "spec", "type") switch
        {
            "ExternalName" => Cells.Text(o, "spec", "externalName"),
            "LoadBalancer" => string.Join(',', Cells.Items(o, "status", "loadBalancer", "ingress")
                .Select(i => Cells.Text(i, "ip") is { Length: > 0 } ip ? ip : Cells.Text(i, "hostname")).Concat(own)) is { Length: > 0 } all ? all : "<pending>",
            _ => Cells.OrNone(own),
        };
    }

    private static string Port(JsonElement port)
    {
        var node = Cells.Number(port, "nodePort");
        return $"{Cells.Number(port, "port")}{(node > 0 ? $":{node}" : "")}/{Cells.Text(port, "protocol")}";
    }

    private static string EndpointList(JsonElement o)
    {
        var all = Cells.Items(o, "subsets").SelectMany(s =>
        {
            var ports = Cells.Items(s, "ports").ToList();
            return Cells.Items(s, "addresses").SelectMany(a => ports.Count == 0
                ? [Cells.Text(a, "ip")]
                : ports.Select(p => $"{Cells.Text(a, "ip")}:{Cells.Number(p, "port")}"));
        }).ToList();
        return all.Count > 3 ? $"{string.Join(',', all.Take(3))} + {all.Count - 3} more..." : Cells.OrNone(all);
    }

    private static string FirstSeen(JsonElement o, DateTimeOffset now) =>
        Cells.Since(Cells.Text(o, "firstTimestamp") is { Length: > 0 } first ? first : Cells.Text(o, "eventTime"), now);

    private static string LastSeen(JsonElement o, DateTimeOffset now) =>
        Cells.Text(o, "series", "lastObservedTime") is { Length: > 0 } series ? Cells.Since(series, now)
        : Cells.Text(o, "lastTimestamp") is { Length: > 0 } last ? Cells.Since(last, now)
        : FirstSeen(o, now);

    private static object Count(JsonElement o) =>
        Cells.Number(o, "series", "count") is var n and > 0 ? n : Math.Max(1, Cells.Number(o, "count"));

    private static string Source(JsonElement o)
    {
        var component = Cells.Text(o, "source", "component") is { Length: > 0 } c ? c : Cells.Text(o, "reportingComponent");
        return Cells.Text(o, "source", "host") is { Length: > 0 } host ? $"{component}, {host}" : component;
    }

    private static string Mode(string mode) => mode switch { "ReadWriteOnce" => "RWO", "ReadOnlyMany" => "ROX", "ReadWriteMany" => "RWX", "ReadWriteOncePod" => "RWOP", _ => mode };

    private static string Usage(JsonElement o, bool limits) => string.Join(", ", Cells.Properties(o, "status", "hard")
        .Where(h => h.Name.StartsWith("limits.", StringComparison.Ordinal) == limits).OrderBy(h => h.Name, StringComparer.Ordinal)
        .Select(h => $"{h.Name}: {(Cells.Text(o, "status", "used", h.Name) is { Length: > 0 } used ? used : "0")}/{Cells.Show(h.Value)}"));
}
