using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Features.Teams;

/// <summary>One rule of a role in plain words.</summary>
/// <param name="May">"see", "change", "do anything with", …</param>
/// <param name="What">The resources.</param>
/// <param name="Warning">A verb that Kubernetes does not know, or null.</param>
public sealed record RuleWords(string May, string What, string? Warning)
{
    private static readonly string[] Reading = ["get", "list", "watch"];
    private static readonly string[] Changing = ["create", "update", "patch", "delete", "deletecollection"];
    private static readonly string[] Others = ["use", "bind", "escalate", "impersonate", "approve", "sign", "proxy", "*"];

    public static RuleWords From(PolicyRule rule)
    {
        var what = rule.Resources.Count > 0 ? string.Join(", ", rule.Resources.Select(resource => resource == "*" ? "everything" : resource)) : string.Join(", ", rule.NonResourceUrls);
        if (rule.ApiGroups.Any(group => group.Length > 0 && group != "*"))
            what += $" ({string.Join(", ", rule.ApiGroups.Select(group => group.Length == 0 ? "core" : group))})";
        if (rule.ResourceNames.Count > 0)
            what += $" named {string.Join(", ", rule.ResourceNames)}";
        var strange = rule.Verbs.Where(verb => !Reading.Contains(verb) && !Changing.Contains(verb) && !Others.Contains(verb)).ToArray();
        return new RuleWords(MayOf(rule.Verbs), what, strange.Length == 0 ? null : $"Kubernetes knows no verb {string.Join(", ", strange)}: that part grants nothing");
    }

    private static string MayOf(IReadOnlyList<string> verbs)
    {
        if (verbs.Contains("*"))
            return "do anything with";
        var parts = new List<string>();
        var sees = Reading.All(verbs.Contains);
        if (sees)
            parts.Add("see");
        if (Changing.Take(4).All(verbs.Contains))
            parts.Add("create, change and delete");
        parts.AddRange(verbs.Where(verb => !(sees && Reading.Contains(verb)) && !(parts.Contains("create, change and delete") && Changing.Contains(verb))));
        return string.Join(", ", parts);
    }
}
