using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Admission;

/// <summary>
/// The admission of creates and updates by webhooks: all that a MutatingWebhookConfiguration or ValidatingWebhookConfiguration names for the
/// object, in the order of their names; the first that denies decides. Match conditions (CEL) and URLs outside the cluster are not known.
/// </summary>
internal sealed class WebhookAdmission(SandboxWorld world)
{
    private const string Group = "admissionregistration.k8s.io";

    /// <summary>Lets the webhooks change and judge an object.</summary>
    /// <param name="type">Kind.</param>
    /// <param name="body">What would be stored; mutating webhooks change it.</param>
    /// <param name="old">What is stored; null for a create.</param>
    /// <param name="dryRun">Nothing will be stored.</param>
    /// <exception cref="ApiError">Denied, or a webhook that must be asked could not be.</exception>
    public void Admit(ResourceType type, JsonObject body, JsonObject? old, bool dryRun)
    {
        // Their own configurations are never put to webhooks, or a broken one could not be removed.
        if (type.Group == Group)
            return;
        var question = new AdmissionQuestion(type, old is null ? "CREATE" : "UPDATE", body, old);
        foreach (var hook in Hooks(ResourceTypes.MutatingWebhookConfigurations, question))
        {
            foreach (var (key, value) in new WebhookCall(world, hook).Ask(question, dryRun)?.Labels ?? new Dictionary<string, string>())
                body.Child("metadata").Child("labels")[key] = value;
        }
        foreach (var hook in Hooks(ResourceTypes.ValidatingWebhookConfigurations, question))
            new WebhookCall(world, hook).Ask(question, dryRun);
    }

    private IEnumerable<JsonObject> Hooks(ResourceType configurations, AdmissionQuestion question) =>
        world.Objects.List(configurations).Items.SelectMany(c => c.Read().Items("webhooks")).Where(h => Concerns(h, question)).ToList();

    private bool Concerns(JsonObject hook, AdmissionQuestion question) =>
        hook.Items("rules").Any(r => Matches(r, question))
        && SelectorMatches(hook["namespaceSelector"], NamespaceLabels(question))
        && SelectorMatches(hook["objectSelector"], question.Object.Map("metadata", "labels"));

    // A rule without a scope is for both; one that names no subresource is for the main resource.
    private static bool Matches(JsonObject rule, AdmissionQuestion question) =>
        Names(rule, "operations", question.Operation) && Names(rule, "apiGroups", question.Type.Group) && Names(rule, "apiVersions", question.Type.Version)
        && (Names(rule, "resources", question.Type.Plural) || Names(rule, "resources", "*/*"))
        && (rule.Text("scope") ?? "*") is var scope && (scope == "*" || scope == (question.Type.Namespaced ? "Namespaced" : "Cluster"));

    private static bool Names(JsonObject rule, string list, string value) =>
        rule.Texts(list).Any(item => item == "*" || item == value);

    private IReadOnlyDictionary<string, string>? NamespaceLabels(AdmissionQuestion question) =>
        question.Object.Text("metadata", "namespace") is { Length: > 0 } ns ? world.Objects.Find(ResourceTypes.Namespaces, "", ns)?.Labels : null;

    private static bool SelectorMatches(JsonNode? selector, IReadOnlyDictionary<string, string>? labels)
    {
        if (selector is null || labels is null)
            return true;
        return selector.Map("matchLabels").All(p => labels.GetValueOrDefault(p.Key) == p.Value)
            && selector.Items("matchExpressions").All(e => ExpressionMatches(e, labels));
    }

    private static bool ExpressionMatches(JsonObject expression, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(expression.Text("key") ?? "", out var value);
        var listed = has && expression.Texts("values").Contains(value);
        return expression.Text("operator") switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => has,
            _ => !has,
        };
    }
}
