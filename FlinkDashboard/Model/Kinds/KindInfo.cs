using System.Text.Json.Serialization.Metadata;

namespace FlinkDashboard.Model.Kinds;

/// <summary>API coordinates of a kind.</summary>
/// <param name="Group">API group, empty for core.</param>
/// <param name="Version">API version.</param>
/// <param name="Kind">Kind as objects name it.</param>
/// <param name="Plural">Plural as URLs name it.</param>
/// <param name="Namespaced">False for cluster-scoped kinds.</param>
public abstract record KindInfo(string Group, string Version, string Kind, string Plural, bool Namespaced)
{
    /// <summary>False for kinds that can only be asked again and again (metrics.k8s.io).</summary>
    public bool Watched { get; init; } = true;

    /// <summary><c>v1</c> or <c>group/version</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>pods</c> or <c>flinkdeployments.flink.apache.org</c>; also the name of its CustomResourceDefinition.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Path of the collection.</summary>
    /// <param name="ns">Namespace; null for all of them.</param>
    public string Path(string? ns = null) =>
        $"/{(Group.Length == 0 ? "api" : "apis")}/{ApiVersion}/{(Namespaced && ns is not null ? $"namespaces/{ns}/" : "")}{Plural}";
}

/// <summary>A kind with the parsers of its objects and lists.</summary>
/// <typeparam name="T">The record that its objects become.</typeparam>
public sealed record KindInfo<T>(string Group, string Version, string Kind, string Plural, bool Namespaced, JsonTypeInfo<T> Item, JsonTypeInfo<KubernetesList<T>> List)
    : KindInfo(Group, Version, Kind, Plural, Namespaced)
    where T : class, IKubernetesObject;
