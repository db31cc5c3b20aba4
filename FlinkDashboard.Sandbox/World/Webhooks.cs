using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>What the API server asks an admission webhook: the request of an AdmissionReview (admission.k8s.io/v1).</summary>
/// <param name="Type">Kind of the object.</param>
/// <param name="Operation">CREATE or UPDATE.</param>
/// <param name="Object">The object as it would be stored.</param>
/// <param name="Old">The object as it is stored; null for CREATE.</param>
public sealed record AdmissionQuestion(ResourceType Type, string Operation, JsonObject Object, JsonObject? Old);

/// <summary>The response of an AdmissionReview.</summary>
/// <param name="Code">status.code of a denial, 0 when allowed.</param>
/// <param name="Message">status.message of a denial.</param>
/// <param name="Labels">Labels a mutating webhook adds or replaces.</param>
public sealed record AdmissionVerdict(int Code = 0, string Message = "", IReadOnlyDictionary<string, string>? Labels = null)
{
    /// <summary>The request may go on.</summary>
    public bool Allowed => Code == 0;
}

/// <summary>The admission webhooks that run in pods. Behaviours register them; the API server calls them when a configuration says so.</summary>
public sealed class Webhooks
{
    private readonly Dictionary<string, Func<string, AdmissionQuestion, AdmissionVerdict>> _servers = [];

    /// <summary>Adds what a container with this name answers, by URL path.</summary>
    public void Add(string container, Func<string, AdmissionQuestion, AdmissionVerdict> server) => _servers[container] = server;

    /// <summary>The answer of a pod, or null: no container of it listens.</summary>
    public AdmissionVerdict? Ask(JsonObject pod, string path, AdmissionQuestion question)
    {
        var container = pod["spec"].Items("containers").Select(c => c.Text("name") ?? "").FirstOrDefault(_servers.ContainsKey);
        return container is null ? null : _servers[container](path, question);
    }
}
