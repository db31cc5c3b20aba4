using System.Text.RegularExpressions;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Operations;

/// <summary>What the API server's refusals mean: for the user in a sentence, for an editor field by field. Pure.</summary>
internal static partial class Refusals
{
    /// <summary>The end of an operation on an object.</summary>
    public static OperationResult Of(KubernetesApiException e, string name) => e switch
    {
        { IsForbidden: true } => new(Outcome.Forbidden, Plain(e)),
        { IsNotFound: true } => new(Outcome.Refused, $"{name} no longer exists."),
        { Causes.Count: > 0 } => new(Outcome.Failed, $"{e.Message} {string.Join(" ", e.Causes.Where(c => c.Message is not null && !e.Message.Contains(c.Message, StringComparison.Ordinal)).Select(c => $"{c.Field}: {c.Message}"))}".Trim()),
        _ => new(Outcome.Failed, Plain(e))
    };

    /// <summary>The problems that a refusal names, each with its field and its place in the text.</summary>
    public static IReadOnlyList<FieldProblem> Problems(KubernetesApiException e, Manifest manifest)
    {
        if (Webhook().Match(e.Message) is { Success: true } denied)
            return [Placed(manifest, RuleField(manifest, denied.Groups["text"].Value), denied.Groups["text"].Value, ProblemSource.Operator, "webhook")];
        var unknown = UnknownField().Matches(e.Message);
        if (unknown.Count > 0)
            return [.. unknown.Select(m => Placed(manifest, m.Groups["path"].Value, $"The API server knows no field {m.Groups["path"].Value}.", ProblemSource.ApiServer, "unknown field"))];
        if (e.Causes.Count > 0)
            return [.. e.Causes.Select(c => Placed(manifest, c.Field ?? "", c.Message ?? e.Message, ProblemSource.ApiServer, c.Reason ?? e.Reason))];
        return [Placed(manifest, e.Reason == "AlreadyExists" ? "metadata.name" : "", e.Message, ProblemSource.ApiServer, e.Reason)];
    }

    private static string Plain(KubernetesApiException e) => Webhook().Match(e.Message) is { Success: true } denied ? $"The operator's webhook refuses it: {denied.Groups["text"].Value}" : e.Message;

    private static FieldProblem Placed(Manifest manifest, string field, string message, string source, string rule)
    {
        var place = field.Length == 0 ? null : manifest.Nearest(field);
        return new(field, message, ProblemSeverity.Error, source) { Rule = rule, Line = place?.Line, Column = place?.Column };
    }

    // The webhook gives the operator's words only; our mirror of the operator's validator knows which field such words are about.
    private static string RuleField(Manifest manifest, string text) => OperatorWords.FieldOf(manifest, text);

    [GeneratedRegex("""^admission webhook "[^"]*" denied the request(?:: (?<text>.*)| without explanation)$""", RegexOptions.Singleline)]
    private static partial Regex Webhook();

    [GeneratedRegex("""unknown field "(?<path>[^"]+)""" + "\"")]
    private static partial Regex UnknownField();
}
