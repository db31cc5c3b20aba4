using System.Security.Claims;
using FlinkDashboard.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlinkDashboard.Access;

/// <summary>
/// Being one of the <see cref="UserChoices"/>, on a cluster made for trying things out. The choice stands in a cookie, which pages, their circuits and the endpoints beside them read
/// alike; each choice loads the page anew, so that nothing of the user before stays. It is no sign-in: whoever reaches such a dashboard may be any of them.
/// </summary>
public static class LookAs
{
    /// <summary>Where the choice is sent to: <c>POST /look-as?back=/applications</c> with <c>user=viewer</c>.</summary>
    public const string Path = "/look-as";

    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "look-as";

    /// <summary>Who somebody is by their choice; nobody where none was made.</summary>
    public static ClaimsPrincipal Of(string? name) => new(name is null ? new ClaimsIdentity() : new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Cookie));

    /// <summary>Maps it where there are users to choose from and nobody signs in.</summary>
    public static void MapLookAs(this WebApplication app, AccessOptions options)
    {
        if (options.Mode == AccessMode.None && app.Services.GetRequiredService<UserChoices>().All.Count > 0)
            app.MapPost(Path, ChooseAsync);
    }

    private static async Task ChooseAsync(HttpContext context, UserChoices choices)
    {
        var (request, stop) = (context.Request, context.RequestAborted);
        var (name, back) = (request.HasFormContentType ? (await request.ReadFormAsync(stop))["user"].ToString() : "", request.Query["back"].ToString());
        if (!OwnPage.Sent(request) || choices.All.All(choice => choice.Name != name))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("One of the users on offer can be chosen, from the dashboard's own pages.", stop);
            return;
        }
        // Lax: a link from elsewhere, too, is followed as the user who was chosen, not as the first one.
        context.Response.Cookies.Append(Cookie, name, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, IsEssential = true });
        context.Response.Redirect(RedirectHttpResult.IsLocalUrl(back) ? back : "/");
    }
}
