using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>A request for a resource, its path understood.</summary>
/// <param name="Http">The request itself.</param>
/// <param name="Type">Kind addressed.</param>
/// <param name="Namespace">Namespace in the path; empty for cluster-scoped kinds and for all namespaces.</param>
/// <param name="Name">Object name; empty for a collection.</param>
/// <param name="Subresource">For instance <c>status</c>; empty for the object itself.</param>
/// <param name="Tail">Path behind the subresource, still percent-encoded, without leading slash; only <c>proxy</c> has one.</param>
public sealed record ApiRequest(HttpContext Http, ResourceType Type, string Namespace, string Name, string Subresource, string Tail)
{
    /// <summary>The verb that access rules know.</summary>
    public string Verb => (Http.Request.Method, Name.Length > 0) switch
    {
        ("GET" or "HEAD", true) => "get",
        ("GET" or "HEAD", false) => IsWatch ? "watch" : "list",
        ("POST", _) => "create",
        ("PUT", _) => "update",
        ("PATCH", _) => "patch",
        ("DELETE", true) => "delete",
        ("DELETE", false) => "deletecollection",
        _ => Http.Request.Method.ToLowerInvariant(),
    };

    /// <summary><c>?watch=true</c> on a collection.</summary>
    public bool IsWatch => Flag("watch");

    /// <summary><c>?dryRun=All</c>: decide and answer, store nothing. Any other value is refused with 422.</summary>
    public bool DryRun
    {
        get
        {
            var values = Http.Request.Query["dryRun"];
            if (values.Any(v => v != "All"))
                throw new ApiError(422, "Invalid", $"dryRun: Unsupported value: [{string.Join(',', values.Select(v => $"\"{v}\""))}]: supported values: \"All\"");
            return values.Count > 0;
        }
    }

    /// <summary>Namespace to list: null for all.</summary>
    public string? Scope => Type.Namespaced && Namespace.Length > 0 ? Namespace : null;

    /// <summary>Namespace as the store keys it.</summary>
    public string Key => Type.Namespaced ? Namespace : "";

    /// <summary>Ends with the request.</summary>
    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>A query parameter, empty when absent.</summary>
    public string Query(string name) => (string?)Http.Request.Query[name] ?? "";

    /// <summary>A boolean query parameter: present and neither false nor 0.</summary>
    public bool Flag(string name) => Http.Request.Query.TryGetValue(name, out var v) && v.ToString() is not ("false" or "0" or "False" or "FALSE" or "f" or "F");

    /// <summary>A whole-number query parameter; 400 for anything else.</summary>
    public long? Number(string name)
    {
        var text = Query(name);
        if (text.Length == 0)
            return null;
        return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var n)
            ? n
            : throw new ApiError(400, "BadRequest", $"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
