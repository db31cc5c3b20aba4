using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>One rule of a role in plain words, and what of it does not do what its author may have meant.</summary>
/// <param name="Verbs">"do anything with", "read, create and delete".</param>
/// <param name="Things">"pods, pod logs and config maps".</param>
/// <param name="Limit">"only those named a and b"; empty without.</param>
/// <param name="Warnings">Whole sentences.</param>
/// <param name="Raw">Groups, resources and verbs as they stand in the object.</param>
public sealed record RuleReading(string Verbs, string Things, string Limit, IReadOnlyList<string> Warnings, string Raw)
{
    // The verbs that API servers and their authorizers ask for (kubernetes.io, "Authorization overview" and RBAC). Any other word can be written, and is asked for by nobody.
    private static readonly string[] KnownVerbs =
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*", "use", "bind", "escalate", "impersonate", "approve", "sign", "attest", "proxy"];

    private static readonly string[] KubectlWords = ["describe", "edit", "annotate", "label", "apply", "replace", "scale", "logs", "exec", "expose", "rollout", "cp", "port-forward", "set", "drain", "cordon", "taint", "run", "attach"];

    private static readonly string[] ClusterScoped =
    [
        "persistentvolumes", "storageclasses", "nodes", "csidrivers", "csinodes", "volumeattachments", "clusterroles", "clusterrolebindings", "customresourcedefinitions", "priorityclasses", "ingressclasses",
        "runtimeclasses", "apiservices", "mutatingwebhookconfigurations", "validatingwebhookconfigurations", "certificatesigningrequests", "nodepools", "nodeclaims", "ec2nodeclasses", "componentstatuses",
    ];

    /// <summary>"may read and change pods".</summary>
    public string Sentence => $"may {Verbs} {Things}{(Limit.Length > 0 ? $", {Limit}" : "")}";

    /// <summary>Reads a rule.</summary>
    /// <param name="inNamespace">The rule stands in a Role: it reaches one namespace only.</param>
    public static RuleReading Of(PolicyRule rule, bool inNamespace) => new(VerbsOf(rule.Verbs), ThingsOf(rule), rule.ResourceNames.Count > 0 ? $"only those named {Join(rule.ResourceNames)}" : "",
        [.. WarningsOf(rule, inNamespace)], $"{GroupsOf(rule)}: {string.Join(", ", rule.Resources.Count > 0 ? rule.Resources : rule.NonResourceUrls)} — {string.Join(", ", rule.Verbs)}");

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Join(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "nothing",
        1 => words[0],
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
    };

    private static string VerbsOf(IReadOnlyList<string> verbs)
    {
        if (verbs.Contains("*"))
            return "do anything with";
        var left = verbs.Where(verb => KnownVerbs.Contains(verb)).Distinct().ToList();
        var words = new List<string>();
        if (Take("get", "list", "watch") || Take("get", "list"))
            words.Add("read");
        else if (left.Contains("get"))
            words.Add("read by name");
        else if (left.Contains("list"))
            words.Add(left.Contains("watch") ? "list and watch" : "list");
        else if (left.Contains("watch"))
            words.Add("watch");
        if (left.Contains("create"))
            words.Add("create");
        if (left.Contains("update") || left.Contains("patch"))
            words.Add("change");
        if (left.Contains("delete") || left.Contains("deletecollection"))
            words.Add("delete");
        words.AddRange(left.Except(["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"]));
        return words.Count == 0 ? "do nothing with" : Join(words);

        bool Take(params string[] all)
        {
            if (!all.All(left.Contains))
                return false;
            left.RemoveAll(all.Contains);
            left.Remove("watch");
            return true;
        }
    }

    private static string ThingsOf(PolicyRule rule)
    {
        if (rule.Resources.Count == 0)
            return rule.NonResourceUrls.Count > 0 ? $"the addresses {Join(rule.NonResourceUrls)}" : "nothing";
        var everyGroup = rule.ApiGroups.Contains("*");
        if (rule.Resources.Contains("*"))
            return everyGroup ? "everything" : $"everything in {GroupsOf(rule)}";
        var custom = rule.ApiGroups.Where(group => group.Contains('.') && !group.EndsWith(".k8s.io", StringComparison.Ordinal) && group != "flink.apache.org").ToArray();
        return Join([.. rule.Resources.Select(ResourceWords.Of)]) + (custom.Length > 0 && custom.Length == rule.ApiGroups.Count ? $" of {Join(custom)}" : "");
    }

    private static string GroupsOf(PolicyRule rule) => rule.ApiGroups.Count == 0 ? "no group" : string.Join(", ", rule.ApiGroups.Select(group => group.Length == 0 ? "core" : group == "*" ? "every group" : group));

    private static IEnumerable<string> WarningsOf(PolicyRule rule, bool inNamespace)
    {
        var kubectl = rule.Verbs.Where(KubectlWords.Contains).Distinct().ToArray();
        if (kubectl.Length > 0)
            yield return $"{Capital(Quoted(kubectl))} {(kubectl.Length == 1 ? "is a kubectl command and no verb" : "are kubectl commands and no verbs")} of the API: nothing is granted by {(kubectl.Length == 1 ? "it" : "them")}.";
        var unknown = rule.Verbs.Where(verb => !KnownVerbs.Contains(verb) && !KubectlWords.Contains(verb)).Distinct().ToArray();
        if (unknown.Length > 0)
            yield return $"{Capital(Quoted(unknown))} {(unknown.Length == 1 ? "is no verb" : "are no verbs")} that Kubernetes itself asks for.";
        var wide = inNamespace ? rule.Resources.Where(one => ClusterScoped.Contains(one.Split('/')[0])).ToArray() : [];
        if (wide.Length > 0)
            yield return $"{Capital(Join([.. wide.Select(ResourceWords.Of)]))} stand outside namespaces: a Role cannot grant them, this has no effect.";
        if (inNamespace && rule.NonResourceUrls.Count > 0)
            yield return "Addresses outside namespaces can be granted by a ClusterRole only: this has no effect.";
        if (rule.ApiGroups.Contains("extensions"))
            yield return rule.ApiGroups.Count == 1 ? "The API group extensions is empty since Kubernetes 1.22: this has no effect." : "The API group extensions is empty since Kubernetes 1.22.";
        if (rule.Resources.Contains("*") && rule.ApiGroups.Contains("*") && rule.Verbs.Contains("*"))
            yield return inNamespace ? "Whoever holds it rules the whole namespace, its secrets included." : "Whoever holds it rules the whole cluster.";
    }

    private static string Quoted(string[] words) => Join([.. words.Select(word => $"“{word}”")]);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
