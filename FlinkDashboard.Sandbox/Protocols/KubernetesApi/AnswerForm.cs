using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>In which of the API's JSON forms the client wants objects.</summary>
internal enum AnswerForm
{
    /// <summary>As they are.</summary>
    Whole,

    /// <summary><c>meta.k8s.io/v1 Table</c>: what kubectl prints.</summary>
    Table,

    /// <summary><c>meta.k8s.io/v1 PartialObjectMetadata</c>, or a list of them.</summary>
    Metadata,
}

/// <summary>Reads the Accept header.</summary>
internal static class Accept
{
    /// <summary>The first form in the header that the server can give; 406 when there is none.</summary>
    public static AnswerForm FormOf(HttpContext http)
    {
        var header = http.Request.Headers.Accept.ToString();
        if (header.Length == 0)
            return AnswerForm.Whole;
        foreach (var choice in header.Split(','))
        {
            var parts = choice.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "application/*" or "*/*"))
                continue;
            switch (parts.FirstOrDefault(p => p.StartsWith("as=", StringComparison.Ordinal)))
            {
                case null:
                    return AnswerForm.Whole;
                case "as=Table" when IsMeta(parts):
                    return AnswerForm.Table;
                case "as=PartialObjectMetadata" or "as=PartialObjectMetadataList" when IsMeta(parts):
                    return AnswerForm.Metadata;
            }
        }
        throw new ApiError(406, "NotAcceptable", "only the following media types are accepted: application/json");
    }

    private static bool IsMeta(string[] parts) => parts.Contains("g=meta.k8s.io") && parts.Contains("v=v1");
}
