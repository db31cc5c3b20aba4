using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Where pods land: nowhere (a selector that nothing carries) or among the platform's own (no selector at all).</summary>
internal static class NodeTraps
{
    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        if (s.Kind == "FlinkSessionJob" || s.Context.NodePools is not { } pools || s.Context.Nodes is not { } nodes)
            yield break;
        var selectors = Selectors(s).ToList();
        foreach (var (field, selector) in selectors)
        {
            foreach (var (key, value) in selector)
            {
                var carried = nodes.Any(n => n.Metadata.Labels[key] == value) || pools.Any(p => p.Spec.Template?.Metadata.Labels[key] == value || IsOfKarpenter(key));
                if (!carried)
                    yield return PracticeSubject.Trap(ManifestPath.Below(field, key), "D22", $"No node and no node pool has the label {key}={value}: pods stay Pending for ever.");
            }
        }
        if (selectors.Count == 0 && !HasAffinity(s) && pools.Count > 0)
        {
            yield return PracticeSubject.Trap(s.Root + ".podTemplate.spec.nodeSelector", "D15",
                $"No nodeSelector: pods may land on the nodes that run the platform. Choose a pool: {string.Join(", ", pools.Select(p => p.Metadata.Name).Order(StringComparer.Ordinal).Take(5))}.");
        }
    }

    private static IEnumerable<(string Field, IReadOnlyDictionary<string, string> Selector)> Selectors(PracticeSubject s)
    {
        foreach (var path in (string[][])[["podTemplate", "spec", "nodeSelector"], ["jobManager", "podTemplate", "spec", "nodeSelector"], ["taskManager", "podTemplate", "spec", "nodeSelector"], ["jobManager", "nodeSelector"], ["taskManager", "nodeSelector"]])
        {
            if (s.Body.At(path) is JsonObject { Count: > 0 } selector)
                yield return ($"{s.Root}.{string.Join('.', path)}", selector.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => JavaText.Of(p.Value)));
        }
        if (s.Configuration.TryGetValue("kubernetes.taskmanager.node-selector", out var text))
            yield return (s.Key("kubernetes.taskmanager.node-selector"), text.Split(',').Select(p => p.Split(':')).Where(p => p.Length == 2).ToDictionary(p => p[0].Trim(), p => p[1].Trim()));
    }

    // Karpenter itself gives these labels to the nodes that it makes.
    private static bool IsOfKarpenter(string key) => key.StartsWith("karpenter", StringComparison.Ordinal) || key.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) || key.StartsWith("topology.kubernetes.io/", StringComparison.Ordinal) || key is "kubernetes.io/arch" or "kubernetes.io/os";

    private static bool HasAffinity(PracticeSubject s) =>
        s.Body.At("podTemplate", "spec", "affinity") is not null || s.Body.At("jobManager", "podTemplate", "spec", "affinity") is not null || s.Body.At("taskManager", "podTemplate", "spec", "affinity") is not null;
}
