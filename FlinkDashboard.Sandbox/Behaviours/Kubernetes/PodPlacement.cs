using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Which nodes a pod accepts: node selector, required node affinity, tolerations.</summary>
internal sealed class PodPlacement
{
    private readonly IReadOnlyDictionary<string, string> _selector;
    private readonly IReadOnlyList<IReadOnlyList<Requirement>> _terms;
    private readonly IReadOnlyList<(string? Key, bool Exists, string Value, string? Effect)> _tolerations;

    public PodPlacement(JsonNode pod)
    {
        _selector = pod.Map("spec", "nodeSelector");
        _terms = [.. pod.Items("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .Select(t => (IReadOnlyList<Requirement>)[.. t.Items("matchExpressions").Select(Requirement.Of)])];
        _tolerations = [.. pod.Items("spec", "tolerations").Select(t =>
            (t.Text("key"), t.Text("operator") == "Exists", t.Text("value") ?? "", t.Text("effect")))];
    }

    /// <summary>True if labels satisfy selector and affinity.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) =>
        _selector.All(s => labels.TryGetValue(s.Key, out var v) && v == s.Value) && (_terms.Count == 0 || _terms.Any(t => t.All(r => r.Matches(labels))));

    /// <summary>True if no taint keeps the pod away.</summary>
    public bool Tolerates(IEnumerable<Taint> taints) => taints.Where(t => t.Effect is "NoSchedule" or "NoExecute").All(Tolerates);

    /// <summary>True if one toleration covers the taint.</summary>
    public bool Tolerates(Taint taint) => _tolerations.Any(t =>
        (t.Effect is null || t.Effect == taint.Effect) && (t.Key is null ? t.Exists : t.Key == taint.Key && (t.Exists || t.Value == taint.Value)));

    /// <summary>One label requirement of a selector term or a NodePool.</summary>
    internal sealed record Requirement(string Key, string Operator, IReadOnlyList<string> Values)
    {
        public static Requirement Of(JsonObject json) => new(json.Text("key") ?? "", json.Text("operator") ?? "In", [.. json.Texts("values")]);

        public bool Matches(IReadOnlyDictionary<string, string> labels) =>
            labels.TryGetValue(Key, out var value) ? Accepts(value) : Operator is "NotIn" or "DoesNotExist";

        public bool Accepts(string value) => Operator switch
        {
            "In" => Values.Contains(value),
            "NotIn" => !Values.Contains(value),
            "Exists" => true,
            "Gt" => Number(value) > Number(Values[0]),
            "Lt" => Number(value) < Number(Values[0]),
            _ => false,
        };

        private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0;
    }
}
