using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>Whose an object is, and which tool puts it there.</summary>
/// <param name="Team">Team by label or annotation of the object, else of its namespace; null when nobody says.</param>
/// <param name="Tool">Argo CD, Flux, Helm or Kustomize; null when made by hand.</param>
/// <param name="ToolObject">The tool's own name for it: application, kustomization or release.</param>
public sealed record Ownership(string? Team, string? Tool, string? ToolObject)
{
    private static readonly string[] TeamKeys = ["team", "owner", "app.kubernetes.io/team", "backstage.io/owner", "app.kubernetes.io/part-of"];

    /// <summary>Changes made here will be undone by the tool.</summary>
    public bool IsReverted => Tool is "Argo CD" or "Flux" or "Helm";

    /// <summary>Who owns it, and when a change made here will be undone; empty when nobody undoes it.</summary>
    public string Sentence => Tool switch
    {
        "Argo CD" => $"Argo CD{Named("application")} owns it: a change made here is undone at its next sync, with self-heal at once.",
        "Flux" => $"Flux{Named("kustomization or release")} owns it: a change made here is undone at its next reconciliation.",
        "Helm" => $"Helm{Named("release")} owns it: a change made here is undone by the next upgrade of the release.",
        _ => ""
    };

    /// <summary>Reads an object.</summary>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="ns">Its namespace, if at hand.</param>
    public static Ownership Of(ObjectMeta metadata, Namespace? ns = null)
    {
        var (tool, name) = ToolOf(metadata);
        return new(TeamOf(metadata) ?? (ns is null ? null : TeamOf(ns.Metadata)), tool, name);
    }

    private static string? TeamOf(ObjectMeta metadata)
    {
        foreach (var key in TeamKeys)
        {
            if ((metadata.Labels[key] ?? metadata.Annotations[key]) is { Length: > 0 } team)
                return team;
        }
        return null;
    }

    private static (string? Tool, string? Name) ToolOf(ObjectMeta m)
    {
        // Argo CD's tracking id is application:group/kind:namespace/name.
        if (m.Annotations["argocd.argoproj.io/tracking-id"] is { Length: > 0 } tracking)
            return ("Argo CD", tracking.Split(':')[0]);
        if (m.Labels["argocd.argoproj.io/instance"] is { Length: > 0 } application)
            return ("Argo CD", application);
        if ((m.Labels["kustomize.toolkit.fluxcd.io/name"] ?? m.Labels["helm.toolkit.fluxcd.io/name"]) is { Length: > 0 } flux)
            return ("Flux", flux);
        if (m.Annotations["meta.helm.sh/release-name"] is { Length: > 0 } release)
            return ("Helm", release);
        return m.Labels["app.kubernetes.io/managed-by"] switch
        {
            "Helm" => ("Helm", m.Labels["app.kubernetes.io/instance"]),
            { } by when by.StartsWith("kustomize", StringComparison.Ordinal) => ("Kustomize", null),
            _ => ByManager(m),
        };
    }

    // Tools that are told to leave no mark still write under their own name.
    private static (string? Tool, string? Name) ByManager(ObjectMeta m)
    {
        var managers = m.Managers.Split(',');
        var tool = managers.Any(n => n.StartsWith("argocd", StringComparison.Ordinal)) ? "Argo CD"
            : managers.Any(n => n is "kustomize-controller" or "helm-controller") ? "Flux"
            : managers.Contains("helm") ? "Helm"
            : null;
        return (tool, tool is "Argo CD" or "Helm" ? m.Labels["app.kubernetes.io/instance"] : null);
    }

    private string Named(string what) => ToolObject is null ? "" : $" ({what} {ToolObject})";
}
