"""Writes every-field.onnx with ONNX's own library: each field that the package reads, and some that it does not.

    pip install --requirement Tests/Models/requirements.txt    ->  python make_every_field.py
The other models here were exported by Keras 3.15 with tf2onnx and by PyTorch 2.15, with both of its exporters.
"""

from pathlib import Path

from onnx import AttributeProto, TensorProto, ModelProto, NodeProto, ValueInfoProto

tensor = TensorProto(
    dims=[2, 1],
    data_type=TensorProto.FLOAT,
    float_data=[0.5, -1],
    int32_data=[0, -7, 2**31 - 1, -(2**31)],
    int64_data=[1, 300, 2**63 - 1, -(2**63)],
    name="weights",
    raw_data=b"\x00\x01\xff",
    double_data=[1e300, -0.1],
    external_data=[{"key": "location", "value": "model.data"}, {"key": "offset", "value": "16"}],
    data_location=TensorProto.EXTERNAL,
    string_data=[b"unknown"],
    doc_string="unknown",
)
attributes = [
    AttributeProto(name="f", f=0.25, type=AttributeProto.FLOAT),
    AttributeProto(name="i", i=-3, type=AttributeProto.INT),
    AttributeProto(name="s", s=b"SAME", type=AttributeProto.STRING),
    AttributeProto(name="t", t=tensor, type=AttributeProto.TENSOR),
    AttributeProto(name="floats", floats=[1, 2], type=AttributeProto.FLOATS),
    AttributeProto(name="ints", ints=[0, -1, 128], type=AttributeProto.INTS),
    AttributeProto(name="strings", strings=[b"", "日本".encode()], type=AttributeProto.STRINGS, doc_string="unknown"),
]
shape = {"dim": [{"dim_param": "batch"}, {"denotation": "unknown"}, {"dim_value": 0}, {"dim_value": 28}]}
tensor_type = {"tensor_type": {"elem_type": TensorProto.FLOAT, "shape": shape}, "denotation": "unknown"}
value = ValueInfoProto(name="画像", type=tensor_type, doc_string="Pixels.")
node = NodeProto(
    input=["image", "", "weights"],
    output=["maps"],
    name="conv1",
    op_type="Conv",
    attribute=attributes,
    domain="org.example",
    doc_string="unknown",
)
model = ModelProto(
    ir_version=7,
    producer_name="site-build",
    producer_version="1",
    domain="unknown",
    model_version=1,
    doc_string="unknown",
    graph={
        "node": [node, NodeProto()],
        "name": "lenet5",
        "initializer": [tensor],
        "doc_string": "A network.",
        "input": [value],
        "output": [value, ValueInfoProto()],
        "value_info": [value],
        "sparse_initializer": [{"dims": [3]}],
    },
    opset_import=[{"version": 13}, {"domain": "org.example", "version": 1}],
    metadata_props=[{"key": "seed", "value": "0"}],
    functions=[{"name": "unknown"}],
)
Path(__file__).with_name("every-field.onnx").write_bytes(model.SerializeToString())
