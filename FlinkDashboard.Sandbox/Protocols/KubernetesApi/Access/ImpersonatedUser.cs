using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>
/// User impersonation as Kubernetes 1.36 checks it (KEP 5284): first the constrained verbs <c>impersonate-on:MODE:VERB</c> and
/// <c>impersonate:MODE</c>, then the plain verb <c>impersonate</c>; when all fail, the first failure is the answer.
/// </summary>
internal static class ImpersonatedUser
{
    private const string Authn = "authentication.k8s.io";
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>The user that the headers ask for, as written; null when they ask for none. 400 without a user name.</summary>
    public static UserInfo? Wanted(Func<string, IReadOnlyList<string>> headers, IEnumerable<string> names)
    {
        var name = headers("Impersonate-User").FirstOrDefault() ?? "";
        var uid = headers("Impersonate-Uid").FirstOrDefault() ?? "";
        var groups = headers("Impersonate-Group");
        var extra = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var header in names.Where(n => n.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)))
            extra[Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant())] = headers(header);
        if (name.Length > 0)
            return new UserInfo(name, groups, uid, extra.Count == 0 ? null : extra);
        if (uid.Length == 0 && groups.Count == 0 && extra.Count == 0)
            return null;
        var shownExtra = extra.Count == 0 ? "map[string][]string(nil)" : $"map[string][]string{{{string.Join(", ", extra.Select(e => $"\"{e.Key}\":{Shown(e.Value)}"))}}}";
        throw new ApiError(400, "BadRequest",
            $"requested &user.DefaultInfo{{Name:\"\", UID:\"{uid}\", Groups:{(groups.Count == 0 ? "[]string(nil)" : Shown(groups))}, Extra:{shownExtra}}} without impersonating a user name");
    }

    /// <summary>The user as the server completes it. 403 when the caller may not become it.</summary>
    public static UserInfo Become(Authorizer authorizer, UserInfo caller, UserInfo wanted, AccessRequest? request)
    {
        var refused = Constrained(wanted) is { } mode && request is not null
            ? Refused(authorizer, caller, [request with { Verb = $"impersonate-on:{mode}:{request.Verb}" }, .. Parts(wanted, $"impersonate:{mode}", Authn)])
            : null;
        if (refused is not null || request is null || Constrained(wanted) is null)
        {
            if (Refused(authorizer, caller, Parts(wanted, "impersonate", "")) is { } plain)
                throw Authorizer.Forbidden(caller, refused ?? plain);
        }
        return Completed(wanted);
    }

    private static AccessRequest? Refused(Authorizer authorizer, UserInfo caller, IEnumerable<AccessRequest> all) => all.FirstOrDefault(r => !authorizer.Decide(caller, r).Allowed);

    private static string? Constrained(UserInfo wanted)
    {
        if (UserInfo.ServiceAccount(wanted.Name) is null)
            return "user-info";
        return wanted is { Groups.Count: 0, Uid.Length: 0, Extra: null } ? "serviceaccount" : null;
    }

    private static IEnumerable<AccessRequest> Parts(UserInfo wanted, string verb, string group)
    {
        yield return UserInfo.ServiceAccount(wanted.Name) is var (ns, account)
            ? new AccessRequest(verb) { Group = group, Resource = "serviceaccounts", Namespace = ns, Name = account }
            : new AccessRequest(verb) { Group = group, Resource = "users", Name = wanted.Name };
        if (wanted.Uid.Length > 0)
            yield return new AccessRequest(verb) { Group = Authn, Resource = "uids", Name = wanted.Uid };
        foreach (var name in wanted.Groups)
            yield return new AccessRequest(verb) { Group = group, Resource = "groups", Name = name };
        foreach (var (key, values) in wanted.Extra ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            foreach (var value in values)
                yield return new AccessRequest(verb) { Group = Authn, Resource = "userextras", Subresource = key, Name = value };
        }
    }

    private static UserInfo Completed(UserInfo wanted)
    {
        var groups = wanted.Groups.ToList();
        if (groups.Count == 0 && UserInfo.ServiceAccount(wanted.Name) is var (ns, _))
            groups.AddRange(UserInfo.ServiceAccountGroups(ns));
        var standing = wanted.Name == "system:anonymous" ? UserInfo.Unauthenticated : UserInfo.Authenticated;
        if (!groups.Contains(standing) && !groups.Contains(UserInfo.Unauthenticated))
            groups.Add(standing);
        return wanted with { Groups = groups };
    }

    private static string Shown(IReadOnlyList<string> texts) => $"[]string{{{string.Join(", ", texts.Select(t => $"\"{t}\""))}}}";
}
