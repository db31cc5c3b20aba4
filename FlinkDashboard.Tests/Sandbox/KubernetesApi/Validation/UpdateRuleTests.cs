using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

public class UpdateRuleTests
{
    private const string Stored = """
        {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders","namespace":"team","uid":"u1","resourceVersion":"7","finalizers":["a/b"]},
         "spec":{"image":"x","mode":"old"},"status":{"lifecycleState":"STABLE"}}
        """;

    [Fact]
    public void Put_WithoutResourceVersion_Is422() => Assert.Equal(
        "flinkdeployments.flink.apache.org \"orders\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update",
        Refused(body => body["metadata"]!.AsObject().Remove("resourceVersion")).Message);

    [Fact]
    public void Put_WithAnOldResourceVersion_Is409() => Assert.Equal((409, "Conflict"), Coded(Refused(body => body["metadata"]!["resourceVersion"] = "6")));

    [Theory]
    [InlineData(false, 409, "Precondition failed: UID in precondition: u2, UID in object meta: u1")]
    [InlineData(true, 422, "metadata.uid: Invalid value: \"u2\": field is immutable")]
    public void Update_OfAnotherUid_IsRefused(bool patch, int code, string text)
    {
        var error = Refused(body => body["metadata"]!["uid"] = "u2", patch);
        Assert.Equal(code, error.Code);
        Assert.EndsWith(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_LeavingAWrongValueAlone_IsAccepted()
    {
        var body = JsonNode.Parse(Stored)!.AsObject();
        body["spec"]!["image"] = "y";
        Update(body, false);
        Assert.Equal("y", (string?)body["spec"]!["image"]);
    }

    [Fact]
    public void Update_ChangingAWrongValueToAnother_Is422() =>
        Assert.Contains("spec.mode: Unsupported value: \"new\"", Refused(body => body["spec"]!["mode"] = "new").Message, StringComparison.Ordinal);

    [Fact]
    public void Update_OfStatus_ChecksTheStatusSchema()
    {
        var body = JsonNode.Parse(Stored)!.AsObject();
        body["status"]!["lifecycleState"] = "FINE";
        var error = Assert.Throws<ApiError>(() => ObjectValidator.Update(ResourceTypes.FlinkDeployments, "team", JsonNode.Parse(Stored)!.AsObject(), body, WritePart.Status, true));
        Assert.Contains("status.lifecycleState: Unsupported value: \"FINE\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_AddingAFinalizerWhileDeleting_IsForbidden()
    {
        var stored = JsonNode.Parse(Stored)!.AsObject();
        stored["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        var body = stored.DeepClone().AsObject();
        body["metadata"]!["finalizers"]!.AsArray().Add("c/d");
        var error = Assert.Throws<ApiError>(() => ObjectValidator.Update(ResourceTypes.FlinkDeployments, "team", stored, body, WritePart.Main, true));
        Assert.EndsWith("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"c/d\"}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "team", "the name of the object (other) does not match the name on the URL (orders)")]
    [InlineData("orders", "elsewhere", "the namespace of the object (elsewhere) does not match the namespace on the request (team)")]
    public void Decode_ABodyOfAnotherObject_Is400(string name, string ns, string message)
    {
        var body = JsonNode.Parse(Stored)!.AsObject();
        (body["metadata"]!["name"], body["metadata"]!["namespace"]) = (name, ns);
        Assert.Equal(message, Assert.Throws<ApiError>(() => ObjectValidator.Decode(ResourceTypes.FlinkDeployments, "team", "orders", body, FieldValidation.Warn)).Message);
    }

    [Fact]
    public void DecodePatched_StrictWithAnUnknownField_IsA422AboutThePatch()
    {
        var body = JsonNode.Parse(Stored)!.AsObject();
        body["spec"]!["x"] = 1;
        var error = Assert.Throws<ApiError>(() => ObjectValidator.DecodePatched(ResourceTypes.FlinkDeployments, body, FieldValidation.Strict));
        Assert.Equal((422, "Invalid"), Coded(error));
        Assert.StartsWith(" \"\" is invalid: patch: Invalid value: \"{", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": strict decoding error: unknown field \"spec.x\"", error.Message, StringComparison.Ordinal);
    }

    private static (int Code, string Reason) Coded(ApiError error) => (error.Code, error.Reason);

    private static ApiError Refused(Action<JsonObject> change, bool patch = false)
    {
        var body = JsonNode.Parse(Stored)!.AsObject();
        change(body);
        return Assert.Throws<ApiError>(() => Update(body, patch));
    }

    private static void Update(JsonObject body, bool patch) =>
        ObjectValidator.Update(ResourceTypes.FlinkDeployments, "team", JsonNode.Parse(Stored)!.AsObject(), body, WritePart.Main, patch);
}
