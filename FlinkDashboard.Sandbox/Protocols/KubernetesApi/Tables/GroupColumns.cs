using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Columns of the built-in kinds outside core/v1, as the kubernetes printers give them.</summary>
internal static class GroupColumns
{
    private static readonly Column[] Template =
    [
        Column.Wide("Containers", o => Containers(o, "name")),
        Column.Wide("Images", o => Containers(o, "image")),
    ];

    private static readonly Column Selector = Column.Wide("Selector", o => Cells.Selector(Cells.At(o, "spec", "selector")));

    private static readonly Column CreatedAt = new("Created At", (o, _) => Cells.Text(o, "metadata", "creationTimestamp"));

    /// <summary>Deployments.</summary>
    public static IReadOnlyList<Column> Deployments { get; } =
    [
        Column.NameColumn,
        new("Ready", (o, _) => ReadyOf(o)),
        Column.Integer("Up-to-date", o => Cells.Number(o, "status", "updatedReplicas")),
        Column.Integer("Available", o => Cells.Number(o, "status", "availableReplicas")),
        Column.Age,
        .. Template,
        Selector,
    ];

    /// <summary>Replica sets.</summary>
    public static IReadOnlyList<Column> ReplicaSets { get; } =
    [
        Column.NameColumn,
        Column.Integer("Desired", o => Cells.Number(o, "spec", "replicas")),
        Column.Integer("Current", o => Cells.Number(o, "status", "replicas")),
        Column.Integer("Ready", o => Cells.Number(o, "status", "readyReplicas")),
        Column.Age,
        .. Template,
        Selector,
    ];

    /// <summary>Stateful sets.</summary>
    public static IReadOnlyList<Column> StatefulSets { get; } = [Column.NameColumn, new("Ready", (o, _) => ReadyOf(o)), Column.Age, .. Template];

    /// <summary>Controller revisions.</summary>
    public static IReadOnlyList<Column> ControllerRevisions { get; } =
    [
        Column.NameColumn,
        new("Controller", (o, _) => Controller(o)),
        Column.Integer("Revision", o => Cells.Number(o, "revision")),
        Column.Age,
    ];

    /// <summary>Roles and cluster roles.</summary>
    public static IReadOnlyList<Column> Roles { get; } = [Column.NameColumn, CreatedAt];

    /// <summary>Role bindings and cluster role bindings.</summary>
    public static IReadOnlyList<Column> Bindings { get; } =
    [
        Column.NameColumn,
        new("Role", (o, _) => $"{Cells.Text(o, "roleRef", "kind")}/{Cells.Text(o, "roleRef", "name")}"),
        Column.Age,
        Column.Wide("Users", o => Subjects(o, "User")),
        Column.Wide("Groups", o => Subjects(o, "Group")),
        Column.Wide("ServiceAccounts", o => Subjects(o, "ServiceAccount")),
    ];

    /// <summary>Leases.</summary>
    public static IReadOnlyList<Column> Leases { get; } = [Column.NameColumn, new("Holder", (o, _) => Cells.Text(o, "spec", "holderIdentity")), Column.Age];

    /// <summary>Ingresses.</summary>
    public static IReadOnlyList<Column> Ingresses { get; } =
    [
        Column.NameColumn,
        new("Class", (o, _) => Cells.OrNone(Cells.Text(o, "spec", "ingressClassName"))),
        new("Hosts", (o, _) => string.Join(',', Cells.Items(o, "spec", "rules").Select(r => Cells.Text(r, "host") is { Length: > 0 } host ? host : "*")) is { Length: > 0 } all ? all : "*"),
        new("Address", (o, _) => string.Join(',', Cells.Items(o, "status", "loadBalancer", "ingress").Select(i => Cells.Text(i, "ip") is { Length: > 0 } ip ? ip : Cells.Text(i, "hostname")))),
        new("Ports", (o, _) => Cells.Items(o, "spec", "tls").Any() ? "80, 443" : "80"),
        Column.Age,
    ];

    /// <summary>Network policies.</summary>
    public static IReadOnlyList<Column> NetworkPolicies { get; } =
        [Column.NameColumn, new("Pod-Selector", (o, _) => Cells.Selector(Cells.At(o, "spec", "podSelector"))), Column.Age];

    /// <summary>Webhook configurations.</summary>
    public static IReadOnlyList<Column> Webhooks { get; } = [Column.NameColumn, Column.Integer("Webhooks", o => Cells.Items(o, "webhooks").Count()), Column.Age];

    /// <summary>Custom resource definitions.</summary>
    public static IReadOnlyList<Column> CustomResourceDefinitions { get; } = [Column.NameColumn, CreatedAt];

    /// <summary>Node metrics; pods add their containers up.</summary>
    public static IReadOnlyList<Column> NodeMetrics { get; } =
    [
        Column.NameColumn,
        new("cpu", (o, _) => Cells.Text(o, "usage", "cpu")),
        new("memory", (o, _) => Cells.Text(o, "usage", "memory")),
        new("Window", (o, _) => Cells.Text(o, "window")),
    ];

    private static string ReadyOf(JsonElement o) => $"{Cells.Number(o, "status", "readyReplicas")}/{Cells.Number(o, "spec", "replicas")}";

    private static string Containers(JsonElement o, string field) =>
        string.Join(',', Cells.Items(o, "spec", "template", "spec", "containers").Select(c => Cells.Text(c, field)));

    private static string Subjects(JsonElement o, string kind) => string.Join(", ", Cells.Items(o, "subjects").Where(s => Cells.Text(s, "kind") == kind)
        .Select(s => kind == "ServiceAccount" ? $"{Cells.Text(s, "namespace")}/{Cells.Text(s, "name")}" : Cells.Text(s, "name")));

    private static string Controller(JsonElement o)
    {
        var owner = Cells.Items(o, "metadata", "ownerReferences").FirstOrDefault(r => Cells.At(r, "controller").ValueKind == JsonValueKind.True);
        if (owner.ValueKind != JsonValueKind.Object)
            return "<none>";
        var version = Cells.Text(owner, "apiVersion").Split('/');
        return $"{Cells.Text(owner, "kind").ToLowerInvariant()}{(version.Length == 2 ? "." + version[0] : "")}/{Cells.Text(owner, "name")}";
    }
}
